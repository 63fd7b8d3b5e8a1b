// On the catch-up page: this browser's own cards are handed in first, then the list is drawn with them.

import { post } from "./board.js";
import { handIn, waiting } from "./cards.js";

const before = (await waiting()).length;
if (before && (await handIn(post)) && (await waiting()).length < before) location.reload();

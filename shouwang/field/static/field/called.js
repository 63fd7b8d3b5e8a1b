// A mobilisation stands above every screen until its person has said that he read it; the tap is a signed step.

import { keepStep } from "./outbox.js";
import { fill, part } from "./screens.js";

export function drawCalled(called, app) {
  const box = document.querySelector(".sw-field-called");
  box.hidden = called.length === 0;
  const list = part(box, "called");
  const row = list.querySelector("template");
  list.replaceChildren(row, ...called.map((one) => {
    const item = row.content.cloneNode(true).firstElementChild;
    fill(item, one);
    part(item, "come").onclick = () => acknowledge(app, one);
    return item;
  }));
}

async function acknowledge(app, { id }) {
  await keepStep("mobilisation.acknowledge", null, { call: id });
  await app.took((now) => {
    now.called = now.called.filter((one) => one.id !== id);
  });
}

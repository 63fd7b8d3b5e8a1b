// What every page starts: fragments, clocks, theme, keys, small acts. Each island starts when it is connected.

import "/static/vendor/htmx.esm.js";
import "/static/ui/clock.js";
import "/static/ui/theme.js";
import "/static/ui/keys.js";
import "/static/ui/acts.js";
import "/static/ui/undo.js";
import "/static/ui/answers.js";
import "/static/ui/newest.js";

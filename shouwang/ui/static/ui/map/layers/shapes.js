// The status shapes inside the symbols of the map: the same symbols as everywhere (icons.svg).

const KNOWN = new Set(["new", "sign", "way", "scene", "free", "wait", "lost", "done", "over"]);

export const shape = (status) => `<use href="/static/ui/icons.svg#s-${KNOWN.has(status) ? status : "new"}" width="24" height="24"/>`;

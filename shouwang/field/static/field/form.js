// A form drawn from a field list of the server: there is no second list here.

/** Draw the fields into `host`, filled with `told`. */
export function drawFields(host, fields, told, words) {
  host.replaceChildren(...fields.map((field) => drawn(field, told[field.name] ?? field.initial ?? "", words)));
}

function drawn(field, value, words) {
  const label = document.createElement("label");
  const input = field.kind === "choice" || field.kind === "yes_no" ? chooser(field, value, words) : typed(field, value);
  Object.assign(input, { name: field.name, id: `field-${field.name}`, required: field.required && field.kind !== "tick" });
  label.htmlFor = input.id;
  if (field.kind === "tick") {
    label.className = "sw-tick";
    label.append(input, field.label);
    return label;
  }
  input.className = "form-control";
  const head = document.createElement("span");
  head.append(field.label, ...(field.required ? [] : [" ", note(words.optional)]));
  label.append(head, input, ...(field.help ? [note(field.help)] : []));
  return label;
}

function note(text) {
  const small = document.createElement("small");
  small.textContent = text;
  return small;
}

function typed(field, value) {
  const input = document.createElement("input");
  input.type = { day: "date", number: "number", tick: "checkbox" }[field.kind] ?? "text";
  if (field.kind === "tick") input.checked = Boolean(value);
  else input.value = value;
  if (field.longest) input.maxLength = field.longest;
  if (field.kind === "number") Object.assign(input, { min: field.least, max: field.most, inputMode: "numeric" });
  return input;
}

function chooser(field, value, words) {
  const select = document.createElement("select");
  const choices = field.kind === "choice" ? field.choices : [["", "—"], ["true", words.yes], ["false", words.no]];
  select.append(...choices.map(([key, label]) => new Option(label, key, false, String(value) === String(key))));
  return select;
}

/** What is in the fields now: {name: value}. */
export function readFields(host, fields) {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(host.querySelector(`[name="${field.name}"]`), field)]));
}

function valueOf(input, { kind }) {
  if (kind === "tick") return input.checked;
  if (kind === "yes_no") return input.value === "" ? null : input.value === "true";
  if (kind === "number") return input.value === "" ? null : Number(input.value);
  return input.value.trim();
}

/** Only what differs from what was there. */
export function changedFields(now, before) {
  const plain = (value) => String(value ?? "");
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => plain(value) !== plain(before[name])));
}

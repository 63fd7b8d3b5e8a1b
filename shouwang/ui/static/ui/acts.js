// Small acts of a page: open and close a dialog, print, copy, choose a theme. All by attributes, none inline.

import { t } from "./i18n.js";

const ACTS = {
  opens: (button) => document.querySelector(button.dataset.opens)?.showModal(),
  closes: (button) => button.closest("dialog")?.close(),
  prints: () => print(),
  copies: (button) => copy(button),
};

async function copy(button) {
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copies);
    button.textContent = t("Copied");
  } catch {
    button.textContent = t("Copy it by hand: {text}", { text: button.dataset.copies });
  }
  setTimeout(() => { button.textContent = words; }, 3_000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-opens], [data-closes], [data-prints], [data-copies]");
  if (!button) return;
  for (const [name, act] of Object.entries(ACTS)) if (name in button.dataset) act(button);
});

/** What a page asks to be read first: the summary of what is wrong. */
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSettle", (event) => event.target.querySelector?.("[data-focus]")?.focus());

// Words of scripts: t("{n} new ↑", { n: 2 }). The msgid is English; the catalogue of the page's language is loaded once.
//
// `bin/shouwang messages` writes /static/i18n/<language>.json from the same .po files as the templates use.

const language = document.body?.dataset.language ?? "zh-hans";

async function load() {
  if (language === "en") return {};
  try {
    const answer = await fetch(`/static/i18n/${language}.json`);
    return answer.ok ? await answer.json() : {};
  } catch {
    return {}; // offline before the first visit ended: English words are better than none
  }
}

const messages = await load();

/** The sentence in the page's language; `{names}` are filled from `given`. */
export function t(msgid, given = {}) {
  return (messages[msgid] ?? msgid).replaceAll(/\{(\w+)\}/g, (whole, name) => String(given[name] ?? whole));
}

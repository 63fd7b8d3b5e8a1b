"""The words of scripts: /static/i18n/<language>.json, from the catalogues that templates use too.

A script says `t("English sentence with {names}")`; every such sentence of every app is looked up here.
"""

from __future__ import annotations

import gettext
import json
import re
from pathlib import Path

LANGUAGES = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}
SAID = re.compile(r"""\bt\(\s*"((?:[^"\\]|\\.)*)\"""")
BEARINGS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")  # t(bearing) in ui/map/plain.js


def script_messages(package: Path) -> list[str]:
    """Every sentence that a script of the package says."""
    said = set(BEARINGS)
    for script in package.rglob("static/**/*.js"):
        said |= {found.replace('\\"', '"') for found in SAID.findall(script.read_text(encoding="utf8"))}
    return sorted(said)


def write_script_catalogues(to: Path, package: Path) -> list[str]:
    """Writes one JSON file a language into `to`, after the catalogues were compiled; what is not translated."""
    to.mkdir(parents=True, exist_ok=True)
    wanted = script_messages(package)
    gaps: list[str] = []
    for language, folder in LANGUAGES.items():
        found = _looked_up(package, folder, wanted)
        gaps += [text for text in wanted if text not in found and language == "zh-hans"]
        draft = to / f"{language}.new"
        draft.write_text(json.dumps(found, ensure_ascii=False, sort_keys=True), encoding="utf8")
        draft.replace(to / f"{language}.json")
    return gaps


def _looked_up(package: Path, folder: str, wanted: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    catalogues = package.rglob(f"locale/{folder}/LC_MESSAGES/django.mo")
    for compiled in sorted(catalogues, key=lambda path: ("ui" not in path.relative_to(package).parts, path)):
        with compiled.open("rb") as file:
            words = gettext.GNUTranslations(file)
        for text in wanted:
            said = words.gettext(text)
            if said != text:
                found.setdefault(text, said)
    return found

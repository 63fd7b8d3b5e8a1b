"""What scripts and templates may not do: lose a kept record, run inline, or call an outside address."""

import re

import pytest

from tests.house.tree import files, name

WRITES = re.compile(r"\.transaction\((?P<arguments>[^;]*?[\"']readwrite[\"'][^;]*?)\)\s*;", re.DOTALL)
STRICT = re.compile(r"durability:\s*[\"']strict[\"']")
OUTSIDE = re.compile(
    r"""(?:src|href|action|url\(|from|import\(|fetch\(|EventSource\()[=(\s]*["'`]?(?:https?:)?//(?!www\.w3\.org)"""
)
INLINE = re.compile(
    r"""<script(?![^>]*\b(?:src|type="(?:application|text/template))[^>]*)|<style\b|\sstyle=|\son[a-z]+="""
)
ALLOWED_LINKS = re.compile(r"""<a\s[^>]*href=["']https?://""")


def loose_writes(source: str) -> list[str]:
    """Writing transactions that do not ask for strict durability."""
    return [found["arguments"] for found in WRITES.finditer(source) if not STRICT.search(found["arguments"])]


def test_every_write_in_a_browser_is_strict():
    found = {name(path): loose_writes(path.read_text(encoding="utf8")) for path in files(".js")}

    assert {where: writes for where, writes in found.items() if writes} == {}


def test_only_the_stores_of_phone_and_desk_open_a_database():
    openers = [name(path) for path in files(".js") if "indexedDB.open" in path.read_text(encoding="utf8")]

    assert openers == ["shouwang/desk/static/desk/fallback/store.js", "shouwang/field/static/field/store.js"]


@pytest.mark.parametrize(
    "bad", ['db.transaction("a", "readwrite");', "db.transaction(['a'], 'readwrite', { durability: 'relaxed' });"]
)
def test_a_loose_write_is_found(bad):
    assert loose_writes(bad)


def outside(source: str) -> list[str]:
    lines = [line.strip()[:120] for line in source.splitlines()]
    return [line for line in lines if OUTSIDE.search(line) and not ALLOWED_LINKS.search(line)]


def test_no_page_loads_anything_from_outside():
    found = {name(path): outside(path.read_text(encoding="utf8")) for path in files(".js", ".css", ".html")}

    assert {where: lines for where, lines in found.items() if lines} == {}


def test_a_call_to_outside_is_found():
    assert outside('<script src="https://cdn.example/x.js"></script>')
    assert outside("fetch('//example.org/x')")


def test_no_template_has_inline_script_or_style():
    found = {name(path): INLINE.findall(path.read_text(encoding="utf8")) for path in files(".html")}

    assert {where: what for where, what in found.items() if what} == {}

"""Colours that the reader's own machine sets: every word is still readable, and what has the focus is still seen."""

from __future__ import annotations

import pytest

from tests.journeys.browsing import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
STAFF = ("/desk/", "/desk/wall/", "/desk/crews/", "/desk/directives/", "/desk/figures/", "/people/me/", "/ui/")
PUBLIC = ("/", "/report/", "/field/", "/people/sign-in/", "/where/")
# Behind text a browser then lays its own ground, unless the page said that it sees to its colours itself.
UNREADABLE = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas";
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const part = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, n) => sum + one * [0.2126, 0.7152, 0.0722][n], 0);
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const groundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const found = part(getComputedStyle(one).backgroundColor);
      if ((found[3] ?? 1) > 0.5) return found;
    }
    return part(canvas);
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const said = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!said || !element.checkVisibility({ visibilityProperty: true }) || element.closest("svg, noscript")) continue;
    const style = getComputedStyle(element);
    const own = style.forcedColorAdjust !== "auto";
    const ground = own ? groundOf(element) : part(canvas);
    if (contrast(part(style.color), ground) < 4.5 && !element.closest(":disabled, [aria-disabled=true]")) {
      found.push(`${element.tagName}.${element.className} ${style.color}: ${element.textContent.trim().slice(0, 30)}`);
    }
  }
  return found;
}"""
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  return seen && document.activeElement !== document.body;
}"""
PLANTED = """() => {
  const line = document.querySelector("main").appendChild(document.createElement("p"));
  line.textContent = "unreadable";
  line.style.background = "CanvasText";
  line.style.color = "Canvas";
}"""


@pytest.fixture
def faces(own_town, browser):
    """Each page of staff and of the public in forced colours, by its address."""
    staff = browser.member(own_town, "方晓宁", forced_colors="active", viewport={"width": 1440, "height": 900})
    public = browser.somebody("public", forced_colors="active", viewport={"width": 390, "height": 844})

    def pages():
        for page, paths in ((staff, STAFF), (public, PUBLIC)):
            for path in paths:
                page.goto(f"{own_town.address}{path}")
                page.wait_for_load_state()
                yield path, page

    return pages


def test_every_word_is_readable_and_the_focus_is_seen(faces):
    for path, page in faces():
        assert page.evaluate(UNREADABLE) == [], path
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), path


@pytest.mark.control
def test_words_in_the_colour_of_the_ground_are_found(faces):
    pages = faces()
    _, page = next(pages)
    page.evaluate(PLANTED)
    assert [one for one in page.evaluate(UNREADABLE) if "unreadable" in one]

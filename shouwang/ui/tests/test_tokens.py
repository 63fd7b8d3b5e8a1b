"""tokens.css measured again: contrast of every pair that is read, and statuses that nobody can confuse."""

import itertools
import re

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from shouwang.config.environment import ROOT

CSS = (ROOT / "shouwang/ui/static/ui/tokens.css").read_text(encoding="utf8")
STATUSES = ("new", "sign", "way", "scene", "free", "wait", "done", "over")
SEEN = {"normal": None, "deutan": "deuteranomaly", "protan": "protanomaly", "tritan": "tritanomaly"}
LIMIT = 11  # CAM02-UCS: two symbols at this distance are told apart at a glance


def block(selector: str) -> dict[str, str]:
    """The colours that one selector sets."""
    inside = re.search(re.escape(selector) + r" \{(.*?)\n  \}", CSS, re.DOTALL)
    assert inside, selector
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", inside[1]))


LIGHT = block(":root")
DARK = LIGHT | block('[data-theme="dark"]')
ELDER = LIGHT | block('[data-reading="elder"]')
ELDER_DARK = ELDER | DARK | block('[data-theme="dark"][data-reading="elder"]')
THEMES = {"light": LIGHT, "dark": DARK, "elder": ELDER, "elder dark": ELDER_DARK}


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255


def luminance(colour: str) -> float:
    """Source  WCAG 2.2, relative luminance."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb(colour)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["surface", "ground", "hover", "chosen"])
@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3", "link", "danger"])
def test_what_is_read_can_be_read(theme, ground, ink):
    colours = THEMES[theme]
    needed = 7 if theme.startswith("elder") and ground in ("surface", "ground") else 4.5

    assert contrast(colours[ink], colours[ground]) >= needed


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_pressed_and_where_one_is_can_be_read(theme):
    colours = THEMES[theme]

    assert contrast(colours["on-indigo"], colours["indigo"]) >= 7
    assert contrast(colours["lamp-ink"], colours["lamp"]) >= 7
    assert contrast(colours["on-danger"], colours["danger"]) >= 4.5
    assert contrast(colours["s-over-ink"], colours["s-over"]) >= 12


@pytest.mark.parametrize("theme", THEMES)
def test_the_border_of_a_field_is_seen(theme):
    colours = THEMES[theme]

    assert min(contrast(colours["line-field"], colours[ground]) for ground in ("surface", "ground")) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("status", STATUSES)
def test_a_shape_stands_out_from_what_it_lies_on(theme, status):
    colours = THEMES[theme]
    grounds = [colours["surface"], colours["m-land"]]
    if f"t-{status}" in colours:
        grounds.append(colours[f"t-{status}"])

    assert min(contrast(colours[f"s-{status}"], ground) for ground in grounds) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.item("U7")
def test_no_two_statuses_look_alike(theme, eyes):
    space: object = "sRGB1"
    if SEEN[eyes]:
        space = {"name": "sRGB1+CVD", "cvd_type": SEEN[eyes], "severity": 100}
    colours = {name: THEMES[theme][f"s-{name}"] for name in STATUSES} | {"lamp": THEMES[theme]["lamp"]}
    seen = {name: np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1) for name, colour in colours.items()}

    near = {
        pair: float(deltaE(seen[pair[0]], seen[pair[1]], input_space="sRGB1"))
        for pair in itertools.combinations(seen, 2)
    }

    assert {pair: apart for pair, apart in near.items() if apart < LIMIT} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("label", "ground"), [("m-label", "m-land"), ("m-label-2", "m-land"), ("m-water-label", "m-water")]
)
def test_names_on_the_map_can_be_read(theme, label, ground):
    assert contrast(THEMES[theme][label], THEMES[theme][ground]) >= 4.5


def test_every_dark_colour_has_a_light_one():
    assert set(block('[data-theme="dark"]')) <= set(LIGHT)

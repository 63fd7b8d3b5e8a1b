"""The map: ages of positions, symbols that never hide each other, the table that stands in for it, both themes."""

import itertools
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(chromium, address):
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": address}])
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.address = address
        yield page


def called(page: Any, module: str, expression: str, *given: Any) -> Any:
    """The value of an expression over a module (`m`) of ui/map/."""
    page.goto(f"{page.address}/ui/question/")
    return page.evaluate(
        f"async ([address, given]) => {{ const m = await import(address); return {expression} }}",
        [f"/static/ui/map/{module}", list(given)],
    )


@pytest.mark.parametrize(
    ("age_s", "interval_s", "look"),
    [
        (10, 5, "fresh"), (30, 5, "fresh"), (31, 5, "stale"), (100, 60, "fresh"), (121, 60, "stale"),
        (120, 5, "stale"), (121, 5, "lost"), (239, 60, "stale"), (241, 60, "lost"),
    ],
)  # fmt: skip
def test_a_position_fades_and_is_lost_with_age(page, age_s, interval_s, look):
    now = 1_760_000_000_000
    given = f"{{ at: new Date({now} - {age_s * 1000}).toISOString(), interval_s: {interval_s} }}"

    assert called(page, "ages.js", f"m.freshness({given}, {now})") == look


def test_a_booth_that_never_reports_is_always_fresh(page):
    assert called(page, "ages.js", "m.freshness({ fixed: true, at: '2020-01-01T00:00:00Z' })") == "fresh"


def test_symbols_at_one_spot_are_a_crowd_and_three_fan_out(page):
    points = [{"x": 0, "y": 0}, {"x": 3, "y": 4}, {"x": 300, "y": 0}, {"x": 5, "y": 0}]

    assert called(page, "spreading.js", "m.crowds(given[0])", points) == [[0, 1, 3]]
    places = called(page, "spreading.js", "[0, 1, 2].map((n) => m.place(n, 3))")
    apart = [(a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2 for a, b in itertools.pairwise(places)]
    assert min(apart) >= 30**2


@pytest.mark.parametrize(
    ("to", "metres", "bearing"),
    [([116.0, 28.01], 1113, "N"), ([116.01, 28.0], 983, "E"), ([115.99, 27.99], 1485, "SW")],
)
def test_the_table_says_how_far_and_which_way(page, to, metres, bearing):
    found = called(page, "plain.js", "m.apart([116.0, 28.0], given[0])", to)

    assert round(found["metres"]) == pytest.approx(metres, abs=2)
    assert found["bearing"] == bearing


def test_without_webgl_the_space_becomes_a_table(page):
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{page.address}/ui/")
    page.wait_for_selector("sw-map[data-sample] .plain tbody tr")

    text = page.inner_text("sw-map[data-sample] .plain")
    assert "2047 打架" in text
    assert "桥西1组" in text
    assert page.faults == []


def test_the_map_draws_what_stands_and_what_lies_and_keeps_it_in_the_dark(page):
    page.goto(f"{page.address}/ui/")
    page.wait_for_selector("sw-map[data-ready] .pin[data-on]")

    assert page.locator("sw-map .pin").count() == 5
    assert page.locator("sw-map .unit").count() == 9
    assert page.locator("sw-map .unit.lost").count() == 1
    assert page.locator("sw-map .leader").count() == 3
    assert page.locator("sw-map .chosen").count() == 1

    page.click("[data-set-theme=dark]")
    page.wait_for_function(
        "document.querySelector('sw-map[data-ready]').map.getStyle().layers[0].paint['background-color'] == '#0f1722'"
    )
    page.wait_for_function("document.querySelector('sw-map[data-ready]').map.getLayer('grids-own')")
    assert page.locator("sw-map .pin").count() == 5
    assert page.faults == []


def test_a_layer_can_be_switched_off_and_stays_off(page):
    page.goto(f"{page.address}/ui/")
    page.wait_for_selector("sw-map[data-ready]")
    page.click("[data-layer=grids]")
    page.reload()
    page.wait_for_selector("sw-map[data-ready]")

    assert page.get_attribute("[data-layer=grids]", "aria-pressed") == "false"
    assert page.evaluate("document.querySelector('sw-map[data-ready]').map.getLayer('grids-own')") is None


def test_a_pin_is_pressed_by_the_keyboard_too(page):
    page.goto(f"{page.address}/ui/")
    page.wait_for_selector("sw-map[data-ready] .pin")
    page.evaluate("() => document.addEventListener('sw:chosen', (event) => { window.chosen = event.detail.id })")
    page.focus(".pin[data-id='2049']")
    page.keyboard.press("Enter")

    assert page.evaluate("window.chosen") == "2049"

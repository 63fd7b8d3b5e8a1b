"""Whatever is typed at the command bar does only what the line says outright (U3): 300 lines here, 10 000 proven.

What a line may do is worked out a second time below, by other means; every act is an entry of the journal, so no new
entry may come of a line that does not say one.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from shouwang.core import clock
from shouwang.desk.commands import COMMANDS
from shouwang.desk.views import command
from shouwang.dispatch import dispatching
from shouwang.journal.models import Entry
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter

CREWS = (
    "桥西1组",
    "桥西2组",
    "河埠1组",
    "东门岗亭",
    "骑巡1组",
    "桥西",
    "桥",
    "河",
    "qx1",
    "QX",
    "hb1",
    "组",
    "1组",
    "dm",
    "水门",
)
TEXTS = (
    "救护车已到",
    "当场解决",
    "当场",
    "未",
    "误",
    "合并",
    "受理",
    "撤",
    "走后门",
    "2",
    "是",
    "😀",
    "'; DROP TABLE",
    "\x00",
    "a" * 600,
)
SPACES = (" ", " ", " ", "  ", "\u3000", "\t", "", "\n", "\u00a0", "，", " / ")
SLIPS = "a0/派结撤 １。x\u200b-#号"
WORDS = [word for one in COMMANDS for word in one.words]
SLIP_IN_A_NUMBER = re.compile(r"[0-9]a\b")
NEARLY = ("派警", "close!", "清", "p'", "删除", "sendd")
ACTING = {
    "send": "unit",
    "recall": "unit",
    "note": "",
    "tell": "",
    "close": "",
    "join": "",
    "step": "",
    "emergency": "",
}


def full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def line_of(dice: random.Random, numbers: list[str]) -> str:
    """A command, well formed or nearly, as fingers and input methods write it."""
    number = dice.choice([*numbers * 4, "0", "99999", "", "-1", "1.5", f"{dice.choice(numbers)}a", "²"])
    parts = [
        dice.choice(["/", "", "／", "//", " "]) + dice.choice([*WORDS, *WORDS, *NEARLY]),
        number, dice.choice([*CREWS, *TEXTS, *numbers]), dice.choice(["", "", *TEXTS]),
    ]  # fmt: skip
    if dice.random() < 0.15:
        dice.shuffle(parts)
    text = "".join(part + dice.choice(SPACES) for part in parts[: dice.choice([1, 2, 3, 3, 3, 4])])
    if dice.random() < 0.25:
        text = full_width(text)
    if dice.random() < 0.3 and text:
        at = dice.randrange(len(text))
        text = text[:at] + dice.choice(SLIPS) + text[at + dice.choice([0, 1]) :]
    return text


def says_outright(line: str, crews: dict[str, list[str]], numbers: list[str]) -> bool:
    """Whether it names one act on one thing: the word, then an open number (or a crew), then what the act needs."""
    plain = unicodedata.normalize("NFKC", line[:500].replace("²", "?")).strip().lstrip("/").strip()
    word, _space, rest = plain.partition(" ")
    known = next((one for one in COMMANDS if word.lower() in one.words), None)
    if known is None:
        return False
    if known.name in ("say", "heard"):
        return meant_crews(rest.split(" ")[0], crews) == 1
    first, _space, rest = rest.strip().partition(" ")
    if known.name not in ACTING or first.strip("#№号起件") not in numbers or not rest.strip():
        return False
    return known.name not in ("send", "recall") or meant_crews(rest.strip(), crews) == 1


def meant_crews(said: str, crews: dict[str, list[str]]) -> int:
    wanted = said.strip().lower()
    whole = [name for name, names in crews.items() if wanted in names]
    return len(
        whole or [name for name, names in crews.items() if wanted and any(one.startswith(wanted) for one in names)]
    )


@pytest.fixture
def typed(world, desk) -> Callable[[str], list[str]]:
    """`typed(line)`: the acts that came of it at the desk; everything is as before afterwards."""
    browser = desk("fang")
    world.crews = {
        unit.name.lower(): [one.lower() for one in (unit.name, unit.initials, unit.call_sign) if one]
        for unit in world.units.values()
    }
    given = {"kind": "incident", "by": world.fang, "at": clock.now(), "subkind": "order.fight", "gist": "两人打架"}
    calls = [open_matter(place_text=f"桥西路{n}号", point=(111.427, 27.686), **given) for n in (12, 14, 16)]
    dispatching.send_unit(matter=calls[0], unit=world.hb1, by=world.fang, at=clock.now())
    world.numbers = [name for call in Matter.objects.all() for name in (str(call.number), call.reference)]

    def typing(line: str) -> list[str]:
        before = set(Entry.objects.values_list("pk", flat=True))
        with transaction.atomic():
            answer = browser.post("/desk/command/", {"line": line}, headers={"HX-Request": "true"})
            acts = list(Entry.objects.exclude(pk__in=before).values_list("verb", flat=True))
            transaction.set_rollback(True)
        assert answer.status_code < 500, (line, answer.status_code)
        return acts

    return typing


def unintended(world: Any, typed: Callable[[str], list[str]], dice: random.Random, n: int) -> tuple[list[Any], int]:
    """(lines that did what they do not say, with the acts; how many did something)"""
    wrong, acted = [], 0
    for _each in range(n):
        line = line_of(dice, world.numbers)
        acts = typed(line)
        acted += bool(acts)
        if acts and not says_outright(line, world.crews, world.numbers):
            wrong.append((line, acts))
    return wrong, acted


@pytest.mark.item("U3")
def test_three_hundred_lines_do_nothing_unintended(world, typed):
    wrong, acted = unintended(world, typed, random.Random(47), 300)

    assert wrong == []
    assert acted >= 3  # the lines are near enough to real ones to do something


@pytest.mark.prove
@pytest.mark.timeout(3000)
def test_ten_thousand_lines_do_nothing_unintended(world, typed, record_property):
    seed = 20261123
    record_property("size", "10000")
    record_property("unit", "lines")
    record_property("seed", str(seed))

    wrong, acted = unintended(world, typed, random.Random(seed), 10_000)

    record_property("measured", f"{acted} lines did what they say")
    assert wrong == []


@pytest.mark.prove
@pytest.mark.timeout(3000)
@pytest.mark.control
def test_control_a_bar_that_guesses_is_found(world, typed, monkeypatch):
    def guessed(word: str, known: Any) -> str:
        rows = list(known)
        return str(
            next((key for key, names in rows if any(word.lower() in name.lower() for name in names)), rows[0][0])
        )

    monkeypatch.setattr(command, "pick", guessed)

    assert unintended(world, typed, random.Random(47), 2_000)[0]


@pytest.mark.prove
@pytest.mark.timeout(3000)
@pytest.mark.control
def test_control_a_bar_that_drops_letters_from_numbers_is_found(world, typed, monkeypatch):
    monkeypatch.setattr(command, "number_in", lambda text: re.sub(r"[^0-9]", "", text) or "0")
    dice = random.Random(47)
    lines = (line_of(dice, world.numbers) for _each in range(30_000))
    slips = (line for line in lines if SLIP_IN_A_NUMBER.search(line))  # only these can show it: each takes a request

    assert any(typed(line) and not says_outright(line, world.crews, world.numbers) for line in slips)

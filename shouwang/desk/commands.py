"""The command bar: `/派 2047 桥西1组`. Reading a line is pure; it names one act, or asks, and never guesses.

A command has a Chinese word, an English word and initials. Digits may be full-width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import half_width
from shouwang.core.problem import Problem

LONGEST = 500
NUMBER = re.compile(r"(?:#|№)?([0-9]{1,12})(?:号|起|件)?")  # “2a47” is a slip of the fingers, never 247


@dataclass(frozen=True)
class Command:
    """One verb of the grammar. `takes`: call (free text), number, unit, text."""

    name: str
    words: tuple[str, ...]
    takes: tuple[str, ...]
    label: Promise
    example: str


COMMANDS: tuple[Command, ...] = (
    Command("new", ("新", "new", "n"), ("call",), _("Take a call in one line"), "/新 打架 桥西路12号 13800000000"),
    Command("send", ("派", "send", "p"), ("number", "unit"), _("Send a crew to a matter"), "/派 2047 桥西1组"),
    Command("note", ("记", "note", "j"), ("number", "text"), _("Write a note on a matter"), "/记 2047 救护车已到"),
    Command("close", ("结", "close", "e"), ("number", "outcome"), _("Close it, with an outcome"), "/结 2047 当场解决"),
    Command("recall", ("撤", "recall", "c"), ("number", "unit"), _("Recall a crew"), "/撤 2047 桥西1组"),
    Command("tell", ("告", "tell", "g"), ("number", "text"), _("Message to the crews on a matter"), "/告 2047 走后门"),
    Command("join", ("并", "join", "b"), ("number", "other"), _("Same event: join it to another"), "/并 2048 2047"),
    Command("step", ("办", "step", "bl"), ("number", "step"), _("Any other step of a matter"), "/办 2047 改报警类别"),
    Command("heard", ("知", "heard", "zd"), ("unit",), _("Take notice of what a crew raised"), "/知 桥西1组"),
    Command("say", ("说", "say", "s"), ("unit", "text"), _("Message to a crew"), "/说 桥西1组 到了回个话"),
    Command("emergency", ("急", "emergency", "jj"), ("number", "text"), _("Emergency look-up for a matter"),
            "/急 2047 老人倒在雪里"),
    Command("open", ("看", "open", "k"), ("number",), _("Show a matter"), "/看 2047"),
)  # fmt: skip


class NotACommand(Problem):
    code, status = "command.unknown", 400
    says = _("“{word}” is no command. The commands are: {known}.")


class PartMissing(Problem):
    code, status = "command.part_missing", 400
    says = _("{what} is missing. For example: {example}")


class Ambiguous(Problem):
    code, status = "command.ambiguous", 409
    says = _("“{word}” may be {choices}. Type a little more.")


class NoSuch(Problem):
    code, status = "command.no_such", 404
    says = _("Nothing here is called “{word}”. {known}")


@dataclass(frozen=True)
class Line:
    """A line that was understood: the command and its parts by name."""

    command: Command
    parts: dict[str, str]


PART_NAMES = {
    "call": _("The call"), "number": _("The number of the matter"), "unit": _("The crew"), "text": _("The text"),
    "outcome": _("The outcome"), "other": _("The number of the other one"), "step": _("The step"),
}  # fmt: skip


def read_command(line: str) -> Line:
    """Raises NotACommand, PartMissing. Nothing is done here."""
    text = half_width(line[:LONGEST], punctuation=False).strip().lstrip("/／").strip()
    word, _space, rest = text.partition(" ")
    command = next((one for one in COMMANDS if word.lower() in one.words), None)
    if command is None:
        raise NotACommand(word=word[:20], known="、".join(one.words[0] for one in COMMANDS))
    parts: dict[str, str] = {}
    for position, name in enumerate(command.takes):
        last = position == len(command.takes) - 1
        part, rest = (rest.strip(), "") if last else _first_word(rest)
        if not part:
            raise PartMissing(what=PART_NAMES[name], example=command.example)
        parts[name] = part
    return Line(command, parts)


def _first_word(text: str) -> tuple[str, str]:
    word, _space, rest = text.strip().partition(" ")
    return word, rest.strip()


def names_command(line: str) -> bool:
    """Whether a line is meant as a command: it begins with a stroke or with the whole word of one."""
    text = half_width(line[:LONGEST], punctuation=False).strip()
    return text.startswith("/") or any(text.partition(" ")[0].lower() in one.words for one in COMMANDS)


@dataclass(frozen=True)
class Typing:
    """A line on its way: the part of the command that is being typed, what was typed of it, and what stands before."""

    command: Command
    part: str
    typed: str
    before: str
    parts: dict[str, str]


def being_typed(line: str) -> Typing | None:
    """What may be completed; None while the command itself is typed."""
    text = half_width(line[:LONGEST], punctuation=False).lstrip().lstrip("/").lstrip()
    word, space, rest = text.partition(" ")
    command = next((one for one in COMMANDS if word.lower() in one.words), None)
    if command is None or not space:
        return None
    parts: dict[str, str] = {}
    before = f"{word} "
    for name in command.takes[:-1]:
        part, space, after = rest.lstrip().partition(" ")
        if not space:
            return Typing(command, name, part, before, parts)
        parts[name], rest = part, after
        before += f"{part} "
    return Typing(command, command.takes[-1], rest.strip(), before, parts)


def matching(text: str) -> list[Command]:
    """Commands that a line being typed may become: for the list under the bar."""
    typed = half_width(text[:LONGEST], punctuation=False).strip().lstrip("/／").strip()
    word = typed.partition(" ")[0].lower()
    return [one for one in COMMANDS if any(known.startswith(word) for known in one.words)]


def pick(word: str, known: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """The one key whose names begin with `word`; a full name wins. Raises NoSuch, Ambiguous: it asks, never guesses."""
    wanted = word.lower()
    rows = [(key, tuple(name.lower() for name in names if name)) for key, names in known]
    exact = [key for key, names in rows if wanted in names]
    found = exact or [key for key, names in rows if any(name.startswith(wanted) for name in names)]
    if len(found) == 1:
        return found[0]
    names_of = {key: names[0] for key, names in rows}
    if not found:
        raise NoSuch(word=word[:40], known="、".join(list(names_of.values())[:9]))
    raise Ambiguous(word=word[:40], choices="、".join(names_of[key] for key in found[:9]))


def number_in(text: str) -> str:
    """The digits of a matter's number or whole reference; raises NoSuch for anything else, and guesses nothing."""
    found = NUMBER.fullmatch(half_width(text, punctuation=False))
    if found is None:
        raise NoSuch(word=text[:20], known="")
    return found[1]


def short_number(text: str) -> int:
    """A matter's number of the day; raises NoSuch for anything else."""
    digits = number_in(text)
    if len(digits) > 6:
        raise NoSuch(word=text[:20], known="")
    return int(digits)

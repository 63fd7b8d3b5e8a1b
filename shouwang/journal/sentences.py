"""What an entry is called in the reader's language. Each app says it for its own verbs, in its `sentences.py`.

    say("matter.step.dispatch", _("{who} sent {unit}"), unit="unit", told=_("A crew was sent"))

Words in braces are `who`, the actor, and particulars. How a particular is shown:
    nothing said         as it stands
    a word               an id; whoever registered that word with `name_by` knows what it is called
    a table              code → lazy label
    a function           value → text
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Shown = str | Mapping[str, Text] | Callable[[object], Text]
Names = Callable[[set[UUID]], Mapping[UUID, Text]]


@dataclass(frozen=True)
class Sentence:
    """`told` is for the public and stands by itself; None: the public does not hear of it."""

    says: Text
    told: Text | None
    shown: Mapping[str, Shown]

    @property
    def needs(self) -> set[str]:
        """The particulars it cannot do without."""
        return set(re.findall(r"{(\w+)}", str(self.says))) - {"who"}


_sentences: dict[str, Sentence] = {}
_names: dict[str, Names] = {}
UNKNOWN = Sentence(_("{who}: an act that has no words yet"), None, {})


def say(verb: str, says: Text, *, told: Text | None = None, **shown: Shown) -> None:
    """Register the sentence of a verb; once."""
    if verb in _sentences:
        raise ValueError(f"{verb} has a sentence already")
    _sentences[verb] = Sentence(says, told, shown)


def sentence_of(verb: str) -> Sentence:
    return _sentences.get(verb, UNKNOWN)


def has_sentence(verb: str) -> bool:
    return verb in _sentences


def public_verbs() -> list[str]:
    """Verbs that the public hears of."""
    return [verb for verb, sentence in _sentences.items() if sentence.told is not None]


def name_by(kind: str, names: Names) -> None:
    """Register who knows what things of a kind are called: ids → names, many at once."""
    _names[kind] = names


def names_of(wanted: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Text]:
    """(kind, id) → what it is called; one question for each kind, whatever is asked."""
    by_kind: dict[str, set[UUID]] = {}
    for kind, one in wanted:
        by_kind.setdefault(kind, set()).add(one)
    found: dict[tuple[str, UUID], Text] = {}
    for kind, ids in by_kind.items():
        if kind in _names:
            found |= {(kind, one): name for one, name in _names[kind](ids).items()}
    return found


say("journal.erase_particulars", _("{who} erased the details of {count} entries"))

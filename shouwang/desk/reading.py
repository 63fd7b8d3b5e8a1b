"""What a typed call says: kind, urgency, number, and the places its words may mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shouwang.kinds.incident.typed import read_line
from shouwang.places.finding import PlaceMatch, find_places

MOST = 6


@dataclass(frozen=True)
class Reading:
    subkind: str = ""
    urgency: int | None = None
    number: str = ""
    place: str = ""
    gist: str = ""
    raised: tuple[str, ...] = ()
    places: list[PlaceMatch] = field(default_factory=list)

    def initial(self) -> dict[str, Any]:
        """For the form; only what was said."""
        said = {
            "subkind": self.subkind, "urgency": self.urgency, "number": self.number, "place_text": self.place,
            "gist": self.gist, "chosen": chosen_value(self.places[0]) if self.places else "",
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}


def read_call(line: str, place: str | None = None) -> Reading:
    """Read a line; `place`, when given, are the words for the place as corrected by hand."""
    typed = read_line(line)
    words = place if place is not None else typed.place
    places = find_places(words, limit=MOST) if words.strip() else []
    return Reading(typed.subkind, typed.urgency, typed.number, words, typed.gist, typed.raised, places)


def chosen_value(match: PlaceMatch) -> str:
    """How the form carries a chosen place."""
    return f"{match.lon},{match.lat}|{match.id if match.kind == 'address' else ''}|{match.full_text}"

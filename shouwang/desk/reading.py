"""What a typed call says: kind, urgency, number, and the places its words may mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.kinds.incident.typed import read_line
from shouwang.places.finding import PlaceMatch, find_places, nearest_name

MOST = 6


@dataclass(frozen=True)
class Choice:
    """A place that may be meant: its value as the form carries it."""

    match: PlaceMatch
    value: str


@dataclass(frozen=True)
class Reading:
    """`chosen` is the value of the place that is taken: None the first of them, "" none."""

    subkind: str = ""
    urgency: int | None = None
    number: str = ""
    place: str = ""
    gist: str = ""
    raised: tuple[str, ...] = ()
    places: list[PlaceMatch] = field(default_factory=list)
    chosen: str | None = None
    quiet: bool = False

    def initial(self) -> dict[str, Any]:
        """For the form; only what was said."""
        said = {
            "subkind": self.subkind, "urgency": self.urgency, "number": self.number, "place_text": self.place,
            "gist": self.gist, "quiet": self.quiet,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}

    @property
    def choices(self) -> list[Choice]:
        return [Choice(match, chosen_value(match)) for match in self.places]

    @property
    def taken(self) -> str:
        first = chosen_value(self.places[0]) if self.places else ""
        return first if self.chosen is None else self.chosen

    @property
    def point(self) -> tuple[float, float] | None:
        """Where the call lies by the place that is taken."""
        found = next((choice.match for choice in self.choices if choice.value == self.taken), None)
        return (found.lon, found.lat) if found else None

    def taking(self, chosen: str | None, *, only_found: bool = False) -> Reading:
        """With that place taken; one that is not among those found, a tap on the map, stands first.

        only_found  the words were changed: a place that they do not name counts no more
        """
        if chosen is None or any(choice.value == chosen for choice in self.choices):
            return replace(self, chosen=chosen)
        if only_found or (chosen and not _point_in(chosen)):
            return self
        more = [_as_match(chosen)] if chosen else []
        return replace(self, chosen=chosen, places=[*more, *self.places])


def read_call(line: str, place: str | None = None) -> Reading:
    """Read a line; `place`, when given, are the words for the place as corrected by hand."""
    typed = read_line(line)
    words = place if place is not None else typed.place
    places = find_places(words, limit=MOST) if words.strip() else []
    return Reading(
        typed.subkind, typed.urgency, typed.number, words, typed.gist, typed.raised, places, quiet=typed.quiet
    )


def tapped_value(tap: str) -> str | None:
    """A tap on the map as the form carries it, with what stands nearest as its name; None for no position."""
    point = _point_in(tap)
    if point is None:
        return None
    near = nearest_name(*point)
    name = _("{name}, {metres} m away").format(name=near[0], metres=round(near[1])) if near else _("A spot on the map")
    return f"{point[0]:.7f},{point[1]:.7f}||{name}"


def chosen_value(match: PlaceMatch) -> str:
    """How the form carries a chosen place."""
    address = match.id if match.kind == "address" else ""
    return f"{match.lon:.7f},{match.lat:.7f}|{address}|{match.full_text}"


def _point_in(value: str) -> tuple[float, float] | None:
    try:
        lon, lat = (float(part) for part in value.partition("|")[0].split(","))
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _as_match(value: str) -> PlaceMatch:
    """A place that the words do not name, from its value."""
    lon, lat = _point_in(value) or (0.0, 0.0)
    _point, address, name = [*value.split("|", 2), "", ""][:3]
    kind, key = ("address", UUID(address)) if address else ("point", UUID(int=0))
    return PlaceMatch(kind, key, name, lon, lat, "", "", 1.0, False)

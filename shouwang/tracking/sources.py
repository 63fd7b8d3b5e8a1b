"""The registry of sources: each connection says how its devices prove themselves, what they send, what they expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.tracking.reading import Reading


class UnknownSource(Problem):
    code, status = "ingest.unknown_source", 404
    says = _("There is no door for positions called “{source}”.")


@dataclass(frozen=True)
class Incoming:
    """A request without its framework: header names in lower case, `query` and `form` with the last value of each.

    sender  the address it came from: of no meaning but for limits
    """

    method: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    sender: str = ""


@dataclass(frozen=True)
class Decoded:
    """Who says it is, and what it reports; no readings is fine (an app also sends other things)."""

    token: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Source:
    """`patient`: the app repeats whatever was not accepted, so what is dropped by design is answered as taken."""

    name: str
    methods: tuple[str, ...]
    decode: Callable[[Incoming], Decoded]
    accepted: str  # the body an app expects
    patient: bool = False


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Make a source known; called when its connection is ready."""
    _sources[source.name] = source
    return source


def source_of(name: str) -> Source:
    """Raises UnknownSource."""
    try:
        return _sources[name]
    except KeyError:
        raise UnknownSource(source=name[:20]) from None


def sources() -> list[str]:
    return sorted(_sources)

"""How much is let in: sizes, times, and who is turned away first when there is too much."""

from dataclasses import dataclass, field

HEAD_BYTES = 32 * 1024
HEAD_S = 10.0  # a client that has not sent its headers by then is let go
BODY_S = 30.0  # longest pause within a body
HEARD_OUT_S = 20.0  # how long the rest of a body that is too large is let come, so that its sender reads why
ANSWER_S = 60.0  # longest pause of a process behind us
RETRY_AFTER_S = 5

# Requests in flight, of all together, from which on a class is turned away. Measured: at 40 the portal's four
# threads are a second behind; desks and phones are let in for as long as anything answers.
FULL = {"portal": 40, "ingest": 1000, "staff": 400}

PASSIVE = b"x-shouwang-passive"  # a page asks by itself
PASSIVE_AT_ONCE = 4
GIVES_WAY_S = 0.3  # how long such a question waits at most for the answer to a key


def class_of(face: str, prefix: str) -> str:
    if prefix == "ingest/":
        return "ingest"
    return "portal" if face == "portal" else "staff"


@dataclass
class Flight:
    """Requests in flight, by class."""

    now: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FULL, 0))

    @property
    def total(self) -> int:
        return sum(self.now.values())

    def full_for(self, kind: str) -> bool:
        """Positions are stored at the front and hold no thread of the pages: they are counted apart."""
        apart = self.now["ingest"]
        return (apart if kind == "ingest" else self.total - apart) >= FULL[kind]

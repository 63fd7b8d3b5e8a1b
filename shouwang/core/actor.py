"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """A person, or a part of the system, at the moment of an act.

    `post_id` is set when one post is named (a phone replays a step under the post held then); without it
    every post the person holds counts. `cache` belongs to `people.access`: posts loaded once per request.
    """

    person_id: UUID | None = None
    post_id: UUID | None = None
    device_id: UUID | None = None
    kind: str = "person"  # person · system · screen · unit · nobody
    grant_id: UUID | None = None
    admin_session: bool = False
    cache: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def system(cls) -> Actor:
        """The system itself: clocks, jobs, the sealer."""
        return cls(kind="system")

    @classmethod
    def nobody(cls) -> Actor:
        """A visitor who has not signed in."""
        return cls(kind="nobody")

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

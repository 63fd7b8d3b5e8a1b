"""Who, as a person: for acts that a screen, a device or the system cannot do."""

from __future__ import annotations

from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.people.access import NotAllowed


def person_of(by: Actor) -> UUID:
    """The key of the person who acts. Raises NotAllowed where nobody does."""
    if by.person_id is None:
        raise NotAllowed
    return by.person_id

"""Which address is whose: the doors of docs/architecture.md, their apps, and the process that answers them.

A face is one audience. The portal's process has the role `portal`; the other faces share the role `web`.
The first door whose prefix fits a path is taken; the portal's own, empty prefix comes last.
"""

from collections.abc import Collection
from dataclasses import dataclass
from importlib.util import find_spec

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True)
class Door:
    prefix: str
    module: str
    face: str
    largest_body: int = 2 * MIB


DOORS = (
    Door("healthz", "shouwang.config.health", "any"),
    Door("static/", "", "any", largest_body=0),
    Door("ui/", "shouwang.ui.urls", "any"),
    Door("map/", "shouwang.portal.ground", "any", largest_body=0),
    Door("desk/imports/", "shouwang.desk.import_urls", "desk", largest_body=50 * MIB),
    Door("desk/catch-up/", "shouwang.desk.catch_up_urls", "desk", largest_body=50 * MIB),
    Door("desk/", "shouwang.desk.urls", "desk", largest_body=12 * MIB),  # photos, as phones take them
    Door("field/", "shouwang.field.urls", "field", largest_body=12 * MIB),
    Door("ingest/", "shouwang.tracking.urls", "api", largest_body=64 * KIB),
    Door("devices/", "shouwang.people.device_urls", "field"),
    Door("connections/booths/", "shouwang.connections.booths.urls", "api", largest_body=4 * KIB),
    Door("connections/recorders/", "shouwang.connections.recorders.urls", "api", largest_body=512 * KIB),
    Door("connections/sms/", "shouwang.connections.sms.urls", "api", largest_body=64 * KIB),
    Door("people/", "shouwang.people.urls", "desk"),
    Door("administration/", "shouwang.administration.urls", "desk", largest_body=12 * MIB),
    Door("territory/", "shouwang.territory.urls", "desk"),
    Door("evidence/", "shouwang.evidence.urls", "any", largest_body=12 * MIB),
    Door("", "shouwang.portal.urls", "portal", largest_body=12 * MIB),
)


def doors_of(faces: Collection[str]) -> list[Door]:
    """The doors that a process with these faces opens: only those whose addresses exist."""
    return [door for door in DOORS if (door.face == "any" or door.face in faces) and _exists(door.module)]


def door_for(path: str) -> Door:
    """The door behind which an absolute path (`/desk/…`) is answered."""
    inner = path.lstrip("/")
    for door in DOORS:
        if inner.startswith(door.prefix) or inner + "/" == door.prefix:
            return door
    raise AssertionError("the last door has an empty prefix")


def _exists(module: str) -> bool:
    parent = module.rpartition(".")[0]
    return bool(module and find_spec(parent) and find_spec(module))

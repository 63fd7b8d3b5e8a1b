"""Crews of the demo that move: along real streets, to the call they set out for, or about their ground.

They report as any phone app does, through `/ingest/osmand` with their unit's token. A unit whose own phone reports is
left to it. A booth stands, and its box says every minute that it is there.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import math
import random
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection

from shouwang.core import clock
from shouwang.core.geo import bounds_of, metres_between
from shouwang.demo.scenario import TOKENS
from shouwang.dispatch.models import Assignment
from shouwang.dispatch.models.assignment import ENDED_STATES
from shouwang.duty.models import Availability, Shift, Unit, UnitForm
from shouwang.places.loading import road_graph
from shouwang.places.models import AreaVersion
from shouwang.solvers.routing import route
from shouwang.tracking.models import Fix

log = logging.getLogger("shouwang.demo")
Point = tuple[float, float]
EVERY_S = 5.0
SPEEDS_MPS = {"car": 7.0, "cycle": 4.5, "foot": 1.4}
KNOTS = 1.943844  # in a metre a second
PHONE_FOR = dt.timedelta(minutes=2)
BEAT_EVERY = dt.timedelta(minutes=1)
AT_SCENE = ("arrived", "reported")


@dataclass
class Course:
    """A line that is being driven; where one is after some seconds."""

    line: list[Point]
    mps: float
    gone_m: float = 0.0

    def move(self, seconds: float) -> tuple[Point, float]:
        """Where the unit is now, and its heading in degrees."""
        self.gone_m += self.mps * seconds
        left, heading = self.gone_m, 0.0
        for a, b in zip(self.line, self.line[1:], strict=False):
            long, heading = metres_between(*a, *b), heading_of(a, b)
            if left <= long and long > 0:
                share = left / long
                return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share), heading
            left -= long
        return self.line[-1], heading

    @property
    def over(self) -> bool:
        whole = sum(metres_between(*a, *b) for a, b in zip(self.line, self.line[1:], strict=False))
        return self.gone_m >= whole


def heading_of(a: Point, b: Point) -> float:
    east = (b[0] - a[0]) * math.cos(math.radians(a[1]))
    return math.degrees(math.atan2(east, b[1] - a[1])) % 360


@dataclass
class Driver:
    """One unit: where it is, and what it drives along now. `goal` is the call it has set out for."""

    unit: Unit
    token: str
    draw: random.Random
    at: Point
    heading: float = 0.0
    course: Course | None = None
    goal: Point | None = None
    beat_at: dt.datetime | None = None

    def step(self, task: Assignment | None, away: bool, ground: tuple[float, float, float, float]) -> float:
        """Five seconds on; the speed in metres a second."""
        goal = (task.matter.lon, task.matter.lat) if task and task.matter.lon is not None else None
        if task is not None and task.state in AT_SCENE and goal:
            self.at, self.course, self.goal = _known(goal), None, _known(goal)
            return 0.0
        if away or self.unit.form not in SPEEDS_MPS or (task is not None and task.state != "departed"):
            return 0.0
        if goal and self.goal != goal:
            self.goal, self.course = _known(goal), self._way(_known(goal))
        elif not goal and (self.course is None or self.course.over):
            west, south, east, north = ground
            self.goal, self.course = None, self._way((self.draw.uniform(west, east), self.draw.uniform(south, north)))
        if self.course is None or self.course.over:
            return 0.0
        self.at, self.heading = self.course.move(EVERY_S)
        return self.course.mps

    def _way(self, goal: Point) -> Course | None:
        graph = road_graph()
        found = route(graph, self.at, goal) if graph is not None else None
        return Course(found.line, SPEEDS_MPS[self.unit.form]) if found and len(found.line) > 1 else None


def _known(point: tuple[float | None, float | None]) -> Point:
    return float(point[0] or 0), float(point[1] or 0)


@dataclass
class Fleet:
    """Every unit that has a token here."""

    address: str
    tokens: dict[str, str]
    drivers: dict[UUID, Driver] = field(default_factory=dict)

    def turn(self) -> None:
        """One step of everybody on shift, each sent as a position."""
        at, ground = clock.now(), patrol_ground()
        shifts = Shift.objects.filter(unit__in=list(self.tokens), during__contains=at).select_related("unit")
        tasks = Assignment.objects.filter(unit__in=list(self.tokens)).exclude(state__in=ENDED_STATES)
        by_unit = {task.unit_id: task for task in tasks.select_related("matter")}
        for shift in shifts:
            if phone_reports(shift.unit, at):
                self.drivers.pop(shift.unit_id, None)
                continue
            driver = self.drivers.get(shift.unit_id) or self._begin(shift.unit, ground)
            speed = driver.step(by_unit.get(shift.unit_id), shift.availability == Availability.AWAY, ground)
            self._send(driver, speed, at)
            if driver.unit.form == UnitForm.BOOTH and (driver.beat_at is None or at - driver.beat_at >= BEAT_EVERY):
                self._beat(driver, at)

    def _begin(self, unit: Unit, ground: tuple[float, float, float, float]) -> Driver:
        """Where it was seen last; a booth where it stands; anywhere else on its ground."""
        draw, (west, south, east, north) = random.Random(unit.name), ground
        last = Fix.objects.filter(unit=unit.pk).order_by("-at").first()
        at = (last.lon, last.lat) if last else (draw.uniform(west, east), draw.uniform(south, north))
        if unit.lon is not None and unit.lat is not None:
            at = (unit.lon, unit.lat)
        driver = self.drivers[unit.pk] = Driver(unit, self.tokens[str(unit.pk)], draw, at)
        return driver

    def _send(self, driver: Driver, speed: float, at: dt.datetime) -> None:
        told = {
            "id": driver.token, "lon": f"{driver.at[0]:.6f}", "lat": f"{driver.at[1]:.6f}",
            "timestamp": str(int(at.timestamp())), "speed": f"{speed * KNOTS:.1f}", "accuracy": "8", "batt": "82",
            **({"bearing": f"{driver.heading:.0f}"} if speed else {}),
        }  # fmt: skip
        with urllib.request.urlopen(
            f"{self.address}/ingest/osmand", urllib.parse.urlencode(told).encode(), timeout=5, context=_unchecked()
        ):
            pass

    def _beat(self, driver: Driver, at: dt.datetime) -> None:
        driver.beat_at = at
        told = urllib.request.Request(
            f"{self.address}/connections/booths/heartbeat/", json.dumps({"power": "mains"}).encode(),
            {"Authorization": f"Bearer {driver.token}", "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(told, timeout=5, context=_unchecked()):
            pass


def phone_reports(unit: Unit, at: dt.datetime) -> bool:
    recent = Fix.objects.filter(unit=unit.pk, at__gt=at - PHONE_FOR).exclude(source="osmand")
    return recent.exists()


def patrol_ground() -> tuple[float, float, float, float]:
    """The middle of the two communities: crews are seen where the calls are."""
    boxes = [
        bounds_of(one.boundary) for one in AreaVersion.objects.filter(layer="duty", name__in=("桥西社区", "河埠社区"))
    ]
    if not boxes:
        boxes = [bounds_of(one.boundary) for one in AreaVersion.objects.filter(layer="duty")[:1]]
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _unchecked() -> ssl.SSLContext | None:
    """The demo speaks to itself: its certificate is made for others."""
    return ssl._create_unverified_context()


def drive_until(stopped: threading.Event, address: str) -> None:
    """Move everybody every five seconds; what fails (a restart of the other processes) is tried again."""
    path = Path(settings.VAR) / "secrets" / TOKENS
    if not path.exists():
        stopped.wait()
        return
    fleet = Fleet(address, json.loads(path.read_text()))
    while not stopped.wait(EVERY_S):
        try:
            fleet.turn()
        except (urllib.error.URLError, OSError, OperationalError) as fault:
            log.info("not moved: %s", fault)
            connection.close()

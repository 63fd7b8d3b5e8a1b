from shouwang.beats.models.beat import Beat, Window
from shouwang.beats.models.covered import Change, CheckIn, Covered, What
from shouwang.beats.models.speaker import Message, Playback, Recording
from shouwang.beats.models.target import Point, Stretch, Surface
from shouwang.beats.models.zone import NightZone, TaskKind, ZonePlace, ZonePlaceKind, ZoneTask

__all__ = [
    "Beat", "Change", "CheckIn", "Covered", "Message", "NightZone", "Playback", "Point", "Recording", "Stretch",
    "Surface", "TaskKind", "What", "Window", "ZonePlace", "ZonePlaceKind", "ZoneTask",
]  # fmt: skip

from shouwang.beats.models.announcement import Message, MessageState, Playback, Recording
from shouwang.beats.models.beat import Beat, Window
from shouwang.beats.models.covered import Change, CheckIn, Covered, What
from shouwang.beats.models.target import Point, Stretch, Surface
from shouwang.beats.models.zone import NightZone, Spot, SpotKind, TaskKind, TaskState, ZoneTask

__all__ = [
    "Beat",
    "Change",
    "CheckIn",
    "Covered",
    "Message",
    "MessageState",
    "NightZone",
    "Playback",
    "Point",
    "Recording",
    "Spot",
    "SpotKind",
    "Stretch",
    "Surface",
    "TaskKind",
    "TaskState",
    "What",
    "Window",
    "ZoneTask",
]

from shouwang.patrols.models.kinds import Branch, Cover, Half, Kind, Mode, Party, State
from shouwang.patrols.models.link import Command, Link
from shouwang.patrols.models.order import Leg, Order, Point
from shouwang.patrols.models.partner import Partner
from shouwang.patrols.models.pause import Pause
from shouwang.patrols.models.series import Rota, Series
from shouwang.patrols.models.slot import Mark, Slot, Sort

__all__ = [
    "Branch", "Command", "Cover", "Half", "Kind", "Leg", "Link", "Mark", "Mode", "Order", "Partner", "Party", "Pause",
    "Point", "Rota", "Series", "Slot", "Sort", "State",
]  # fmt: skip

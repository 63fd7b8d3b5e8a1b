from shouwang.duty.models.alert import Alert, AlertKind
from shouwang.duty.models.message import Message, MessageCopy
from shouwang.duty.models.shift import Availability, Crew, Shift
from shouwang.duty.models.unit import Unit, UnitForm

__all__ = ["Alert", "AlertKind", "Availability", "Crew", "Message", "MessageCopy", "Shift", "Unit", "UnitForm"]

from shouwang.duty.models.alert import Alert, AlertKind
from shouwang.duty.models.equipment import EquipmentForm, EquipmentKind, Item, ItemLine, ItemState
from shouwang.duty.models.leave import Absence, AbsenceKind, AbsenceState, Swap, SwapState
from shouwang.duty.models.level import Approver, DutyLevel, LevelOrder, OrderState
from shouwang.duty.models.message import Message, MessageCopy
from shouwang.duty.models.mobilisation import Answered, Mobilisation, MobilisationCall
from shouwang.duty.models.roster import DutyModel, Roster, RosterState, Turn
from shouwang.duty.models.shift import Availability, Crew, Shift
from shouwang.duty.models.stock_count import StockCount, StockDifference, StockSeen
from shouwang.duty.models.unit import Unit, UnitForm

__all__ = [
    "Absence",
    "AbsenceKind",
    "AbsenceState",
    "Alert",
    "AlertKind",
    "Answered",
    "Approver",
    "Availability",
    "Crew",
    "DutyLevel",
    "DutyModel",
    "EquipmentForm",
    "EquipmentKind",
    "Item",
    "ItemLine",
    "ItemState",
    "LevelOrder",
    "Message",
    "MessageCopy",
    "Mobilisation",
    "MobilisationCall",
    "OrderState",
    "Roster",
    "RosterState",
    "Shift",
    "StockCount",
    "StockDifference",
    "StockSeen",
    "Swap",
    "SwapState",
    "Turn",
    "Unit",
    "UnitForm",
]

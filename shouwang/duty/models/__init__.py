from shouwang.duty.models.alert import Alert, AlertKind
from shouwang.duty.models.booth import Booth, BoothPlace, Power
from shouwang.duty.models.check_in import CheckIn, CheckInRule, CheckInWhy
from shouwang.duty.models.equipment import EquipmentForm, EquipmentKind, Item, ItemLine, ItemState
from shouwang.duty.models.leave import Absence, AbsenceKind, AbsenceState, Swap, SwapState
from shouwang.duty.models.level import Approver, DutyLevel, LevelOrder, OrderState
from shouwang.duty.models.message import Message, MessageCopy
from shouwang.duty.models.mobilisation import Answered, Mobilisation, MobilisationCall
from shouwang.duty.models.recording import Kept, Upload, UploadView
from shouwang.duty.models.roster import DutyModel, Roster, RosterState, Turn
from shouwang.duty.models.shift import Availability, Crew, Shift
from shouwang.duty.models.stock_count import StockCount, StockDifference, StockSeen
from shouwang.duty.models.unit import Unit, UnitForm
from shouwang.duty.models.watch import LogLine, NightApproval, Watch, WatchSide

__all__ = [
    "Absence",
    "AbsenceKind",
    "AbsenceState",
    "Alert",
    "AlertKind",
    "Answered",
    "Approver",
    "Availability",
    "Booth",
    "BoothPlace",
    "CheckIn",
    "CheckInRule",
    "CheckInWhy",
    "Crew",
    "DutyLevel",
    "DutyModel",
    "EquipmentForm",
    "EquipmentKind",
    "Item",
    "ItemLine",
    "ItemState",
    "Kept",
    "LevelOrder",
    "LogLine",
    "Message",
    "MessageCopy",
    "Mobilisation",
    "MobilisationCall",
    "NightApproval",
    "OrderState",
    "Power",
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
    "Upload",
    "UploadView",
    "Watch",
    "WatchSide",
]

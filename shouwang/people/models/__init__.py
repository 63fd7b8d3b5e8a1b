from shouwang.people.models.account import Account, ContactProof
from shouwang.people.models.device import Device
from shouwang.people.models.factor import CodeApp, Passkey, RecoveryCode
from shouwang.people.models.grant import Grant
from shouwang.people.models.narrowing import RoleNarrowing
from shouwang.people.models.passing import PostPassing
from shouwang.people.models.person import Person
from shouwang.people.models.post import Post
from shouwang.people.models.posting import Posting, PostingKind, PostingState, SentFrom
from shouwang.people.models.session import FailedSignIn, Session, Workstation
from shouwang.people.models.staffing import DutyEntry, DutySort, Measure, StaffingRule
from shouwang.people.models.tiering import TierModel

__all__ = [
    "Account", "CodeApp", "ContactProof", "Device", "DutyEntry", "DutySort", "FailedSignIn", "Grant", "Measure",
    "Passkey", "Person", "Post", "PostPassing", "Posting", "PostingKind", "PostingState", "RecoveryCode",
    "RoleNarrowing", "SentFrom", "Session", "StaffingRule", "TierModel", "Workstation",
]  # fmt: skip

from shouwang.notices.models.notice import Channel, Notice, NoticeState, RecipientKind
from shouwang.notices.models.reaching import OptOut, StaffNumber

__all__ = ["Channel", "Notice", "NoticeState", "OptOut", "RecipientKind", "StaffNumber"]

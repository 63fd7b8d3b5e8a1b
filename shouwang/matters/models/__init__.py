from shouwang.matters.models.beside import DaySerial, Draft, Note, NotSame, Opening, Watch
from shouwang.matters.models.clock import Clock
from shouwang.matters.models.matter import Matter
from shouwang.matters.models.party import Party
from shouwang.matters.models.sent_step import SentStep
from shouwang.matters.models.sheet import Sheet
from shouwang.matters.models.submission import OneTimeCode, ReceiptTry, Submission

__all__ = [
    "Clock", "DaySerial", "Draft", "Matter", "NotSame", "Note", "OneTimeCode", "Opening", "Party", "ReceiptTry",
    "SentStep", "Sheet", "Submission", "Watch",
]  # fmt: skip

from shouwang.matters.models.clock import Clock
from shouwang.matters.models.matter import Matter
from shouwang.matters.models.party import Party
from shouwang.matters.models.sent_step import SentStep
from shouwang.matters.models.submission import OneTimeCode, ReceiptTry, Submission

__all__ = ["Clock", "Matter", "OneTimeCode", "Party", "ReceiptTry", "SentStep", "Submission"]

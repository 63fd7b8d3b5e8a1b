from shouwang.dispatch.models.assignment import Assignment
from shouwang.dispatch.models.card import Card, CardState, Drill, Seat
from shouwang.dispatch.models.excuse import Excuse, ExcuseCause
from shouwang.dispatch.models.move_up import MoveUp, MoveUpState
from shouwang.dispatch.models.rapid import RapidBasis, RapidRule

__all__ = [
    "Assignment", "Card", "CardState", "Drill", "Excuse", "ExcuseCause", "MoveUp", "MoveUpState", "RapidBasis",
    "RapidRule", "Seat",
]  # fmt: skip

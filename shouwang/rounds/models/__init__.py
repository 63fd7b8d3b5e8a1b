from shouwang.rounds.models.activity import Activity
from shouwang.rounds.models.round import Outcome, Round, Stop

__all__ = ["Activity", "Outcome", "Round", "Stop"]

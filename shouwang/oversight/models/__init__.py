from shouwang.oversight.models.finding import Check, Finding, Settled
from shouwang.oversight.models.look_back import Asked, Presence, Replay
from shouwang.oversight.models.told import About, Told

__all__ = ["About", "Asked", "Check", "Finding", "Presence", "Replay", "Settled", "Told"]

from shouwang.matters.models.clock import Clock
from shouwang.matters.models.matter import Matter
from shouwang.matters.models.party import Party

__all__ = ["Clock", "Matter", "Party"]

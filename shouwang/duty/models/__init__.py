from shouwang.duty.models.shift import Crew, Shift
from shouwang.duty.models.unit import Unit

__all__ = ["Crew", "Shift", "Unit"]

from shouwang.beats.models.beat import Beat, Window
from shouwang.beats.models.covered import Change, CheckIn, Covered, What
from shouwang.beats.models.target import Point, Stretch, Surface

__all__ = ["Beat", "Change", "CheckIn", "Covered", "Point", "Stretch", "Surface", "What", "Window"]

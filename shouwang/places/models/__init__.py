from shouwang.places.models.area import Area, AreaVersion
from shouwang.places.models.features import FoundPlace, GroundLoad, MapFeature

__all__ = ["Area", "AreaVersion", "FoundPlace", "GroundLoad", "MapFeature"]

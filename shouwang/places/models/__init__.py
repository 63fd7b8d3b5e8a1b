from shouwang.places.models.area import Area, AreaVersion

__all__ = ["Area", "AreaVersion"]

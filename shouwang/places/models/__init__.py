from shouwang.places.models.address import Address, AddressAlias, AddressSuccession
from shouwang.places.models.area import Area, AreaVersion
from shouwang.places.models.features import FoundPlace, GroundLoad, MapFeature
from shouwang.places.models.free import FreeArea, FreeLayer

__all__ = [
    "Address",
    "AddressAlias",
    "AddressSuccession",
    "Area",
    "AreaVersion",
    "FoundPlace",
    "FreeArea",
    "FreeLayer",
    "GroundLoad",
    "MapFeature",
]

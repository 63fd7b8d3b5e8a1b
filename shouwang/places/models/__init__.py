from shouwang.places.models.address import Address, AddressAlias, AddressSuccession
from shouwang.places.models.area import Area, AreaVersion
from shouwang.places.models.features import FoundPlace, GroundLoad, MapFeature
from shouwang.places.models.free import FreeArea, FreeLayer
from shouwang.places.models.roads import DrivingHours, RoadClosure

__all__ = [
    "Address",
    "AddressAlias",
    "AddressSuccession",
    "Area",
    "AreaVersion",
    "DrivingHours",
    "FoundPlace",
    "FreeArea",
    "FreeLayer",
    "GroundLoad",
    "MapFeature",
    "RoadClosure",
]

from shouwang.registry.models.declaration import Declaration
from shouwang.registry.models.dwelling import Dwelling, Organisation
from shouwang.registry.models.edit import Edit
from shouwang.registry.models.emergency import Emergency
from shouwang.registry.models.identity import Identity
from shouwang.registry.models.look import Look, LookToken
from shouwang.registry.models.odd import Decoy, OddLook, OwnAddress
from shouwang.registry.models.own import CounterCode, OwnCopy, Request
from shouwang.registry.models.resident import Residence, Resident
from shouwang.registry.models.search import Search, Sitting
from shouwang.registry.models.vehicle import Vehicle, VehicleAsk

__all__ = [
    "CounterCode", "Declaration", "Decoy", "Dwelling", "Edit", "Emergency", "Identity", "Look", "LookToken", "OddLook",
    "Organisation", "OwnAddress", "OwnCopy", "Request", "Residence", "Resident", "Search", "Sitting", "Vehicle",
    "VehicleAsk",
]  # fmt: skip

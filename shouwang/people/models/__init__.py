from shouwang.people.models.device import Device
from shouwang.people.models.grant import Grant
from shouwang.people.models.narrowing import RoleNarrowing
from shouwang.people.models.person import Person
from shouwang.people.models.post import Post

__all__ = ["Device", "Grant", "Person", "Post", "RoleNarrowing"]

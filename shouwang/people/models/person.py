"""People who sign in. Who lives here is a `Resident`, joined to a person only by proof."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.core.datamap import SECRET, STAFF, TECHNICAL, every
from shouwang.core.ids import new_id


class Standing(models.TextChoices):
    STAFF = "staff", _("Staff")
    RESIDENT = "resident", _("Resident")


class Person(models.Model):
    """Somebody who can sign in: staff, or a resident with an account of his own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.STAFF)
    name = models.CharField(max_length=60)  # staff: as on the name plate; residents: what they want to be called
    login = models.CharField(max_length=120, unique=True)
    password = models.CharField(max_length=256, blank=True, default="")
    sworn = models.BooleanField(default=False)  # CFS-08, AUX-01: only sworn officers question, inspect, coerce
    badge = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=10, default="zh-hans")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    data_map = (
        every(TECHNICAL, "id", "standing", "active", "created_at")
        | every(STAFF, "name", "login", "sworn", "badge", "language")
        | every(SECRET, "password")
    )

    def __str__(self) -> str:
        return self.name

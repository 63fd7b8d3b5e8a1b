"""Talk groups of the network, as its gateway lists them."""

from __future__ import annotations

from django.db import models

from shouwang.core.datamap import PUBLIC, TECHNICAL, every


class TalkGroup(models.Model):
    """One group as the gateway named it last. No key, no frequency: those stay in the network."""

    number = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=40)
    heard_at = models.DateTimeField()

    data_map = every(TECHNICAL, "heard_at") | every(PUBLIC, "number", "name")

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

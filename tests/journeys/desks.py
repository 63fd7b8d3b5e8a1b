"""For journeys through the pages of the desk: who sits there, and where on the ground."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from shouwang.places.models import AreaVersion

Desk = Callable[[str], Client]


def middle_of(area: Any) -> tuple[float, float]:
    ring = AreaVersion.objects.filter(area=area, layer="duty").latest("during").boundary["coordinates"][0]
    return (ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2

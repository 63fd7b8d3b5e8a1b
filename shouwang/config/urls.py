"""The addresses of this process: those of its faces (doors.py)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from shouwang.config.doors import doors_of

urlpatterns: list[URLPattern | URLResolver] = [
    path(door.prefix, include(door.module)) for door in doors_of(settings.FACES)
]

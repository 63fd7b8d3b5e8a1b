"""The addresses of this process: those of its faces (doors.py), and what is said where there is nothing."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from shouwang.config.doors import doors_of

urlpatterns: list[URLPattern | URLResolver] = [
    path(door.prefix, include(door.module)) for door in doors_of(settings.FACES)
]

handler400 = "shouwang.ui.problems.unreadable"
handler403 = "shouwang.ui.problems.forbidden"
handler404 = "shouwang.ui.problems.not_found"
handler500 = "shouwang.ui.problems.fault"

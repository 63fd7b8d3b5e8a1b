"""Beats at the desk."""

from django.urls import path

from shouwang.desk.beats import pages

urlpatterns = [
    path("", pages.beats, name="beats"),
    path("new/", pages.new, name="beat_new"),
    path("day/", pages.day, name="beats_day"),
    path("<uuid:key>/", pages.beat, name="beat"),
    path("<uuid:key>/plates/", pages.plates, name="beat_plates"),
]

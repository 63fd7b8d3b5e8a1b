"""Beats at the desk, night-economy zones, and the loudspeaker library."""

from django.urls import path

from shouwang.desk.beats import announcements, drawing, pages, zones

urlpatterns = [
    path("", pages.beats, name="beats"),
    path("new/", pages.new, name="beat_new"),
    path("day/", pages.day, name="beats_day"),
    path("zones/", zones.zones, name="night_zones"),
    path("zones/new/", zones.new, name="night_zone_new"),
    path("zones/<uuid:key>/", zones.zone, name="night_zone"),
    path("zones/<uuid:key>/map.json", zones.zone_map, name="night_zone_map"),
    path("announcements/", announcements.library, name="announcements"),
    path("announcements/new/", announcements.new, name="announcement_new"),
    path("announcements/plays/", announcements.plays, name="announcement_plays"),
    path("announcements/sounds/<uuid:key>/", announcements.sound, name="announcement_sound"),
    path("announcements/<uuid:key>/", announcements.message, name="announcement"),
    path("<uuid:key>/", pages.beat, name="beat"),
    path("<uuid:key>/drawing/", drawing.draw, name="beat_drawing"),
    path("<uuid:key>/map.json", pages.beat_map, name="beat_map"),
    path("<uuid:key>/plates/", pages.plates, name="beat_plates"),
]

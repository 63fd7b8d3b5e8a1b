"""Catching up after a failure: a door of its own (config/doors.py), since pictures are larger than other forms."""

from django.urls import path

from shouwang.desk.views import catch_up

app_name = "catch_up"
urlpatterns = [
    path("", catch_up.catch_up, name="cards"),
    path("all/", catch_up.everything, name="all"),
    path("pictures/", catch_up.pictures, name="pictures"),
    path("drills/", catch_up.drills, name="drills"),
    path("drills/<uuid:key>/end/", catch_up.drill_end, name="drill_end"),
    path("<uuid:key>/", catch_up.enter, name="enter"),
]

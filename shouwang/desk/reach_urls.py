"""Promised minutes: cover, compliance, what is promised, moves."""

from django.urls import path

from shouwang.desk.views import reach

urlpatterns = [
    path("reach/", reach.cover, name="cover"),
    path("reach/map.json", reach.cover_map, name="cover_map"),
    path("reach/kept/", reach.kept, name="kept"),
    path("reach/moves/", reach.moves, name="moves"),
    path("reach/moves/<uuid:key>/sending/", reach.move_send, name="move_send"),
    path("reach/moves/<uuid:key>/refusal/", reach.move_refuse, name="move_refuse"),
    path("reach/promised/", reach.rules, name="rapid"),
]

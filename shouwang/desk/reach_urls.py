"""Promised minutes: cover, compliance, what is promised, moves; figures of calls, boards of stations, closed roads."""

from django.urls import include, path

from shouwang.desk.views import boards, figures, reach, roads

urlpatterns = [
    path("", include("shouwang.desk.video_urls")),
    path("reach/", reach.cover, name="cover"),
    path("reach/map.json", reach.cover_map, name="cover_map"),
    path("reach/kept/", reach.kept, name="kept"),
    path("reach/kept/<uuid:key>/", reach.excused, name="excused"),
    path("figures/", figures.figures, name="figures"),
    path("figures/calls.csv", figures.figures_file, name="figures_file"),
    path("reach/moves/", reach.moves, name="moves"),
    path("reach/moves/<uuid:key>/sending/", reach.move_send, name="move_send"),
    path("reach/moves/<uuid:key>/refusal/", reach.move_refuse, name="move_refuse"),
    path("reach/promised/", reach.rules, name="rapid"),
    path("boards/", boards.boards, name="boards"),
    path("boards/<str:code>/", boards.station_board, name="station_board"),
    path("roads/", roads.roads, name="roads"),
    path("roads/hours/", roads.driving_hours, name="driving_hours"),
    path("roads/<uuid:key>/opening/", roads.road_open, name="road_open"),
]

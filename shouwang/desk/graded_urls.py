"""Graded duty: levels, and what stands on the board while it lasts."""

from django.urls import path

from shouwang.desk.views import levels, standing

urlpatterns = [
    path("standing/", standing.standing, name="standing"),
    path("levels/", levels.levels, name="levels"),
    path("levels/set/<int:number>/", levels.level_set, name="level_set"),
    path("levels/<uuid:key>/", levels.level, name="level"),
    path("levels/<uuid:key>/acts/", levels.level_act, name="level_act"),
]

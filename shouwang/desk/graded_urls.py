"""Graded duty: levels, mobilisation, and what stands on the board while it lasts."""

from django.urls import path

from shouwang.desk.views import levels, mobilisations, standing

urlpatterns = [
    path("standing/", standing.standing, name="standing"),
    path("levels/", levels.levels, name="levels"),
    path("levels/set/<int:number>/", levels.level_set, name="level_set"),
    path("levels/<uuid:key>/", levels.level, name="level"),
    path("levels/<uuid:key>/acts/", levels.level_act, name="level_act"),
    path("mobilisations/", mobilisations.mobilisations, name="mobilisations"),
    path("mobilisations/<uuid:key>/", mobilisations.mobilisation, name="mobilisation"),
    path("mobilisations/<uuid:key>/acts/", mobilisations.mobilisation_act, name="mobilisation_act"),
    path("mobilisations/calls/<uuid:key>/", mobilisations.mobilisation_answer, name="mobilisation_answer"),
]

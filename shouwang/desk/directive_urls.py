"""Directives: what was issued to the ground and what came back."""

from django.urls import path

from shouwang.desk.views import directives

urlpatterns = [
    path("directives/", directives.directives, name="directives"),
    path("directives/new/<slug:what>/", directives.new, name="directive_new"),
    path("directives/<uuid:key>/", directives.one, name="directive"),
    path("directives/<uuid:key>/<slug:name>/", directives.step, name="directive_step"),
]

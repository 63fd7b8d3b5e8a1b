"""Directives, what came back of them, information, inspection notes, and linkage with branches."""

from django.urls import path

from shouwang.desk.views import directives, information, inspections, linkage

urlpatterns = [
    path("directives/", directives.directives, name="directives"),
    path("directives/chase/", directives.chase, name="directives_chase"),
    path("directives/new/<slug:what>/", directives.new, name="directive_new"),
    path("directives/<uuid:key>/", directives.one, name="directive"),
    path("directives/<uuid:key>/<slug:name>/", directives.step, name="directive_step"),
    path("information/", information.items, name="information"),
    path("information/new/", information.new, name="information_new"),
    path("inspections/", inspections.notes, name="inspections"),
    path("inspections/new/", inspections.new, name="inspection_new"),
    path("inspections/events/", inspections.events, name="inspection_events"),
    path("linkage/", linkage.requests, name="linkage"),
    path("linkage/rules/", linkage.rules, name="linkage_rules"),
    path("linkage/rules/<slug:what>/<uuid:key>/end/", linkage.end, name="linkage_end"),
    path("linkage/<uuid:key>/answer/", linkage.answer, name="linkage_answer"),
    path("linkage/<uuid:key>/notice/", linkage.notice, name="linkage_notice"),
]

"""Sheets at the desk: a door of their own (config/doors.py), since files are larger than other forms."""

from django.urls import path

from shouwang.desk.views import imports, pairs

app_name = "imports"
urlpatterns = [
    path("", imports.batches, name="batches"),
    path("templates/<slug:kind>/", imports.template, name="template"),
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/<uuid:key>/", pairs.pair, name="pair"),
    path("pairs/<uuid:key>/same/", pairs.same, name="same"),
    path("pairs/<uuid:key>/different/", pairs.different, name="different"),
    path("pairs/<uuid:key>/parted/", pairs.parted, name="parted"),
    path("<uuid:key>/", imports.batch, name="batch"),
    path("<uuid:key>/columns/", imports.columns, name="columns"),
    path("<uuid:key>/faults/", imports.faults, name="faults"),
    path("<uuid:key>/taking/", imports.taking, name="taking"),
    path("<uuid:key>/undoing/", imports.undoing, name="undoing"),
    path("<uuid:key>/dropping/", imports.dropping, name="dropping"),
]

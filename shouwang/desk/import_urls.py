"""Sheets at the desk: a door of their own (config/doors.py), since files are larger than other forms."""

from django.urls import path

from shouwang.desk.views import imports

app_name = "imports"
urlpatterns = [
    path("", imports.batches, name="batches"),
    path("templates/<slug:kind>/", imports.template, name="template"),
    path("<uuid:key>/", imports.batch, name="batch"),
    path("<uuid:key>/columns/", imports.columns, name="columns"),
    path("<uuid:key>/faults/", imports.faults, name="faults"),
    path("<uuid:key>/taking/", imports.taking, name="taking"),
    path("<uuid:key>/undoing/", imports.undoing, name="undoing"),
    path("<uuid:key>/dropping/", imports.dropping, name="dropping"),
]

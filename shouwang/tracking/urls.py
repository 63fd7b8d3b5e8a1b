"""`/ingest/osmand`, `/ingest/owntracks`, and what other connections register."""

from django.urls import path

from shouwang.tracking.views import ingest

app_name = "tracking"
urlpatterns = [path("<slug:source>", ingest, name="ingest"), path("<slug:source>/", ingest)]

"""`/ui/`: the component page; language, theme and size of text."""

from django.urls import path

from shouwang.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("part/purpose/", views.purpose, name="purpose"),
    path("reading/", views.read_as, name="reading"),
    path("language/", views.read_as, name="language"),
    path("theme/", views.read_as, name="theme"),
    path("<slug:name>/", views.sample, name="sample"),
]

from django.urls import path

from shouwang.territory import views

app_name = "territory"

urlpatterns = [
    path("", views.cuts, name="cuts"),
    path("<uuid:key>/", views.cut, name="cut"),
    path("<uuid:key>/acts/", views.act, name="act"),
    path("today/<str:code>.geojson", views.today, name="today"),
]

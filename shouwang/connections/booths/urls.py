from django.urls import path

from shouwang.connections.booths import views

app_name = "booths"
urlpatterns = [path("heartbeat/", views.heartbeat, name="heartbeat")]

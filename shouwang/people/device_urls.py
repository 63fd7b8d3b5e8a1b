from django.urls import path

from shouwang.people.views import phones

app_name = "devices"

urlpatterns = [
    path("bind/", phones.bind, name="bind"),
    path("<uuid:key>/state/", phones.state, name="state"),
    path("<uuid:key>/destroyed/", phones.destroyed, name="destroyed"),
]

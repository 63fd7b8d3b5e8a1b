"""Video rounds and the register of cameras."""

from django.urls import path

from shouwang.desk.views import video

urlpatterns = [
    path("video/", video.cameras, name="video"),
    path("video/new/", video.new, name="camera_new"),
    path("video/rounds/<uuid:key>/", video.look_end, name="look_end"),
    path("video/clips/<uuid:key>/<slug:name>/", video.clip_act, name="clip_act"),
    path("video/<uuid:key>/", video.camera, name="camera"),
    path("video/<uuid:key>/looks/", video.look, name="camera_look"),
    path("video/<uuid:key>/clips/", video.clip_new, name="clip_new"),
]

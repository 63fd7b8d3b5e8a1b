from django.urls import path

from shouwang.evidence import views

app_name = "evidence"
urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<uuid:id>/", views.upload, name="upload"),
    path("uploads/<uuid:id>/parts/", views.parts, name="parts"),
    path("uploads/<uuid:id>/evidence/", views.finish, name="finish"),
    path("<uuid:id>/", views.shown, name="shown"),
    path("<uuid:id>/small/", views.small, name="small"),
    path("<uuid:id>/original/", views.original, name="original"),
    path("<uuid:id>/blur/", views.boxes, name="blur"),
]

from django.urls import include, path

from shouwang.portal import views

app_name = "portal"
urlpatterns = [
    path("transparency/", include("shouwang.portal.transparency")),
    path("", views.home, name="home"),
    path("report/", views.report, name="report"),
    path("r/", views.receipt, name="open"),
    path("r/<str:code>", views.receipt, name="receipt"),
    path("follow/<uuid:key>/", views.follow, name="follow"),
    path("follow/<uuid:key>/add/", views.add, name="add"),
    path("follow/<uuid:key>/photos/", views.photos, name="photos"),
    path("follow/<uuid:key>/photos/<uuid:evidence>/", views.photo, name="photo"),
    path("follow/<uuid:key>/place/", views.place, name="place"),
    path("answer/<str:token>", views.answer, name="answer"),
]

from django.urls import path

from shouwang.desk.patrol_routes import views

urlpatterns = [
    path("", views.routes, name="patrol_routes"),
    path("<uuid:key>/", views.route, name="patrol_route"),
    path("<uuid:key>/route.gpx", views.file, name="patrol_route_file"),
    path("<uuid:key>/order/", views.order, name="patrol_route_order"),
    path("<uuid:key>/accept/", views.take, name="patrol_route_accept"),
    path("<uuid:key>/rest/", views.rest, name="patrol_route_rest"),
]

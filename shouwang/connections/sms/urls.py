from django.urls import path

from shouwang.connections.sms import views

app_name = "sms"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("replies/", views.replies, name="replies"),
]

from django.urls import path

from shouwang.connections.recorders import views

app_name = "recorders"
urlpatterns = [path("uploads/", views.uploads, name="uploads")]

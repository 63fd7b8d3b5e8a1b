from django.urls import path

from shouwang.administration import views
from shouwang.administration.views import messages, radio, sheets, terminals, units

app_name = "administration"

urlpatterns = [
    path("", views.ready, name="ready"),
    path("areas/", sheets.areas, name="areas"),
    path("areas/template/", sheets.areas_template, name="areas_template"),
    path("staff/", sheets.staff, name="staff"),
    path("staff/template/", sheets.staff_template, name="staff_template"),
    path("equipment/", sheets.equipment, name="equipment"),
    path("equipment/template/", sheets.equipment_template, name="equipment_template"),
    path("messages/", messages.messages, name="messages"),
    path("units/", units.units, name="units"),
    path("radio/", radio.radio, name="radio"),
    path("terminals/", terminals.terminals, name="terminals"),
    path("terminals/<slug:name>/", terminals.terminal, name="terminal"),
]

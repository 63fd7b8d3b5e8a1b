from django.apps import AppConfig


class IncidentConfig(AppConfig):
    name = "shouwang.kinds.incident"
    label = "incident"

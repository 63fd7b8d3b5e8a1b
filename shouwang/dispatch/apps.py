from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "shouwang.dispatch"
    label = "dispatch"

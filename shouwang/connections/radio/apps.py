from django.apps import AppConfig


class RadioConfig(AppConfig):
    name = "shouwang.connections.radio"
    label = "radio"

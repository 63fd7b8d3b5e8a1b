from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "shouwang.tracking"
    label = "tracking"

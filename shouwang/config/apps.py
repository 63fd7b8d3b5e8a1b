from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "shouwang.config"
    label = "config"

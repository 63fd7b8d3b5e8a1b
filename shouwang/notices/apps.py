from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "shouwang.notices"
    label = "notices"

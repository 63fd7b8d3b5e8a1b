from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "shouwang.desk"
    label = "desk"

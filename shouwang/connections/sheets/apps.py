from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "shouwang.connections.sheets"
    label = "sheets"

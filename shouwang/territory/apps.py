from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "shouwang.territory"
    label = "territory"

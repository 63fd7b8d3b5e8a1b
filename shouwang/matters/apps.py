from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shouwang.matters"
    label = "matters"

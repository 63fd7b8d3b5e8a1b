from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "shouwang.administration"
    label = "administration"

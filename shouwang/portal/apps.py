from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "shouwang.portal"
    label = "portal"

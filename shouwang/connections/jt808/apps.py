from django.apps import AppConfig


class Jt808Config(AppConfig):
    name = "shouwang.connections.jt808"
    label = "jt808"

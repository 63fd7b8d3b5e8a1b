from django.apps import AppConfig


class OsmConfig(AppConfig):
    name = "shouwang.connections.osm"
    label = "osm"

from django.apps import AppConfig


class OsmandConfig(AppConfig):
    name = "shouwang.connections.osmand"
    label = "osmand"

    def ready(self) -> None:
        from shouwang.connections.osmand.decoder import OSMAND
        from shouwang.tracking.sources import register

        register(OSMAND)

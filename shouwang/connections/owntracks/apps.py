from django.apps import AppConfig


class OwntracksConfig(AppConfig):
    name = "shouwang.connections.owntracks"
    label = "owntracks"

    def ready(self) -> None:
        from shouwang.connections.owntracks.decoder import OWNTRACKS
        from shouwang.tracking.sources import register

        register(OWNTRACKS)

from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    name = "shouwang.connections.platforms"
    label = "platforms"

    def ready(self) -> None:
        """The adapter that comes with the house, and what its acts are called."""
        from shouwang.connections.platforms import sentences, stub  # noqa: F401

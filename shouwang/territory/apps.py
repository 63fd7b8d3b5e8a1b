from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "shouwang.territory"
    label = "territory"

    def ready(self) -> None:
        """Addresses follow a new cut of areas."""
        from shouwang.territory import addresses  # noqa: F401

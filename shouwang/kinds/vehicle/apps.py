from django.apps import AppConfig


class VehicleConfig(AppConfig):
    name = "shouwang.kinds.vehicle"
    label = "vehicle"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.vehicle import kind  # noqa: F401

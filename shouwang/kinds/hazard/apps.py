from django.apps import AppConfig


class HazardConfig(AppConfig):
    name = "shouwang.kinds.hazard"
    label = "hazard"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.hazard import kind  # noqa: F401

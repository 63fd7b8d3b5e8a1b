from django.apps import AppConfig


class HazardConfig(AppConfig):
    name = "shouwang.kinds.hazard"
    label = "hazard"

    def ready(self) -> None:
        """Make the kind and the step of the phone known."""
        from shouwang.kinds.hazard import kind, phone  # noqa: F401

from django.apps import AppConfig


class ObservationConfig(AppConfig):
    name = "shouwang.kinds.observation"
    label = "observation"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.observation import kind  # noqa: F401

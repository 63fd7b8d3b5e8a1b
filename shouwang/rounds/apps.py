from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "shouwang.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Make the steps of the phone known."""
        from shouwang.rounds import phone  # noqa: F401

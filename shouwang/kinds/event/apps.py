from django.apps import AppConfig


class EventConfig(AppConfig):
    name = "shouwang.kinds.event"
    label = "event"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.event import kind  # noqa: F401

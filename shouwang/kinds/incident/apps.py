from django.apps import AppConfig


class IncidentConfig(AppConfig):
    name = "shouwang.kinds.incident"
    label = "incident"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.incident import kind  # noqa: F401

from django.apps import AppConfig


class VisitConfig(AppConfig):
    name = "shouwang.kinds.visit"
    label = "visit"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.visit import kind  # noqa: F401

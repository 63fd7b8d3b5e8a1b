from django.apps import AppConfig


class InformationConfig(AppConfig):
    name = "shouwang.kinds.information"
    label = "information"

    def ready(self) -> None:
        """Make the kind known, and hear how its directives end."""
        from shouwang.kinds.information import kind, reactions  # noqa: F401

from django.apps import AppConfig


class PatrolsConfig(AppConfig):
    name = "shouwang.patrols"
    label = "patrols"

    def ready(self) -> None:
        """Make the steps of the phone and the reactions known."""
        from shouwang.patrols import phone, reactions  # noqa: F401

from django.apps import AppConfig


class PatrolsConfig(AppConfig):
    name = "shouwang.patrols"
    label = "patrols"

    def ready(self) -> None:
        """Make the steps of the phone, the reactions and what is watched known."""
        from shouwang.patrols import phone, reactions, watching  # noqa: F401

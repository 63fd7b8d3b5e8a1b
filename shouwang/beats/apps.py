from django.apps import AppConfig


class BeatsConfig(AppConfig):
    name = "shouwang.beats"
    label = "beats"

    def ready(self) -> None:
        """Make sentences and purges known."""
        from shouwang.beats import purging, sentences  # noqa: F401

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "shouwang.kinds.advice"
    label = "advice"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.advice import kind  # noqa: F401

from django.apps import AppConfig


class CommandConfig(AppConfig):
    name = "shouwang.command"
    label = "command"

    def ready(self) -> None:
        """Hear what calls say."""
        from shouwang.command import reactions  # noqa: F401

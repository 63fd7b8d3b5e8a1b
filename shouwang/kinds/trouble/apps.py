from django.apps import AppConfig


class TroubleConfig(AppConfig):
    name = "shouwang.kinds.trouble"
    label = "trouble"

    def ready(self) -> None:
        """Make the kind known, and offer it for the purposes it serves."""
        from shouwang.kinds.trouble import kind, offering  # noqa: F401

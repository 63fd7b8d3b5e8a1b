from django.apps import AppConfig


class PromiseConfig(AppConfig):
    name = "shouwang.kinds.promise"
    label = "promise"

    def ready(self) -> None:
        """Make the kind known, and offer it for the purposes it serves."""
        from shouwang.kinds.promise import kind, offering  # noqa: F401

from django.apps import AppConfig


class OwnRequestConfig(AppConfig):
    name = "shouwang.kinds.own_request"
    label = "own_request"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.own_request import kind  # noqa: F401

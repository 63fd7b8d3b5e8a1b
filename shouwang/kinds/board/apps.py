from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "shouwang.kinds.board"
    label = "board"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.board import kind  # noqa: F401

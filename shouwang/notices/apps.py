from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "shouwang.notices"
    label = "notices"

    def ready(self) -> None:
        """The channel that registers itself, and what is held of a person here."""
        from shouwang.notices import mail, own_parts  # noqa: F401

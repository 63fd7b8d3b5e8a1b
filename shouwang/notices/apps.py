from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "shouwang.notices"
    label = "notices"

    def ready(self) -> None:
        from shouwang.notices import mail  # noqa: F401  (registers itself as a channel)

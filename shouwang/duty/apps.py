from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "shouwang.duty"
    label = "duty"

    def ready(self) -> None:
        """What phones send."""
        from shouwang.duty import phone  # noqa: F401

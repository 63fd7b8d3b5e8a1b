from django.apps import AppConfig


class DirectiveConfig(AppConfig):
    name = "shouwang.kinds.directive"
    label = "directive"

    def ready(self) -> None:
        """Make the kind, the steps of the phone and the offer to other kinds known."""
        from shouwang.kinds.directive import kind, offering, phone  # noqa: F401

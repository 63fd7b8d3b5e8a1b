from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shouwang.matters"
    label = "matters"

    def ready(self) -> None:
        """Steps that every kind has, and the checks at start-up."""
        from shouwang.matters import checking, merging, passing, sealing, timing  # noqa: F401

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shouwang.matters"
    label = "matters"

    def ready(self) -> None:
        """Steps that every kind has, checks at start-up, and the answer to "may this look serve that matter?"."""
        from shouwang.matters import checking, looking_grounds, merging, passing, sealing  # noqa: F401

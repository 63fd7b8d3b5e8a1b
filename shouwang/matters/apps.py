from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shouwang.matters"
    label = "matters"

    def ready(self) -> None:
        """Steps that every kind has, the checks at start-up, and what follows a new cut of areas."""
        from shouwang.matters import (  # noqa: F401
            checking,
            excluding,
            merging,
            own_parts,
            passing,
            rehoming,
            sealing,
            taking_over,
            timing,
        )
        from shouwang.matters.rehoming import rehome
        from shouwang.territory.in_force import on_cut

        on_cut(rehome)

from django.apps import AppConfig


class InspectionNoteConfig(AppConfig):
    name = "shouwang.kinds.inspection_note"
    label = "inspection_note"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.inspection_note import kind  # noqa: F401

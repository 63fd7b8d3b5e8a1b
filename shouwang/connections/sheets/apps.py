from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "shouwang.connections.sheets"
    label = "sheets"

    def ready(self) -> None:
        from shouwang.connections.sheets import sentences  # noqa: F401 (says what its acts are called)

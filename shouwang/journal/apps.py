from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "shouwang.journal"
    label = "journal"

    def ready(self) -> None:
        """Every app's `reactions.py` and `sentences.py` register themselves by being imported."""
        autodiscover_modules("reactions", "sentences")

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistryConfig(AppConfig):
    name = "shouwang.registry"
    label = "registry"

    def ready(self) -> None:
        """Every app's `grounds.py` answers for looks, and its `purging.py` names what it erases, by being imported."""
        autodiscover_modules("grounds", "purging")

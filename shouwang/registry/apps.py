from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistryConfig(AppConfig):
    name = "shouwang.registry"
    label = "registry"

    def ready(self) -> None:
        """The registers follow a new cut, and say what they hold of a person.

        Every app's `grounds.py` answers for looks, and its `purging.py` names what it erases, by being imported.
        """
        from shouwang.registry import following, own_parts  # noqa: F401

        autodiscover_modules("grounds", "purging")

from django.apps import AppConfig


class AddressCheckConfig(AppConfig):
    name = "shouwang.kinds.address_check"
    label = "address_check"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.address_check import kind  # noqa: F401

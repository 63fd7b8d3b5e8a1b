from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "shouwang.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from shouwang.dispatch import crews, phone, presence, stretches  # noqa: F401 (each registers itself)

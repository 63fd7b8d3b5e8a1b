from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "shouwang.oversight"
    label = "oversight"

    def ready(self) -> None:
        from shouwang.oversight import purging, sentences  # noqa: F401 (say what ends, and what acts are called)

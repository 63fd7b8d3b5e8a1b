from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "shouwang.planning"
    label = "planning"

    def ready(self) -> None:
        from shouwang.planning import sentences  # noqa: F401 (says what its acts are called)

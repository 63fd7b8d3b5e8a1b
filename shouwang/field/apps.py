from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "shouwang.field"
    label = "field"

    def ready(self) -> None:
        from shouwang.field import late, registers  # noqa: F401 (they register themselves with matters)

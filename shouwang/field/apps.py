from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "shouwang.field"
    label = "field"

    def ready(self) -> None:
        from shouwang.field import registers  # noqa: F401 (registers itself with matters)

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "shouwang.registry.linkage"
    label = "linkage"

    def ready(self) -> None:
        from shouwang.registry.linkage import purging, sentences  # noqa: F401 (name what is erased, and its acts)

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "shouwang.demo"
    label = "demo"

    def ready(self) -> None:
        from shouwang.demo import showing
        from shouwang.people import showcase

        showcase.offer(showing.cast)

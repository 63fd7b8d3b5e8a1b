from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shouwang.people"
    label = "people"

    def ready(self) -> None:
        from shouwang.people import purging

        purging.register()

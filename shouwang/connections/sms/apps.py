from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "shouwang.connections.sms"
    label = "sms"

    def ready(self) -> None:
        from shouwang.connections.sms import gateway  # noqa: F401  (registers its channels)

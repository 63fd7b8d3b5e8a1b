from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "shouwang.duty"
    label = "duty"

    def ready(self) -> None:
        """What phones send; until when a shift lasts."""
        from shouwang.duty import phone  # noqa: F401
        from shouwang.duty.presence import shift_end
        from shouwang.people.workstations import ask_for_shifts

        ask_for_shifts(shift_end)

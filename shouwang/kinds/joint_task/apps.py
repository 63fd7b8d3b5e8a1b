from django.apps import AppConfig


class JointTaskConfig(AppConfig):
    name = "shouwang.kinds.joint_task"
    label = "joint_task"

    def ready(self) -> None:
        """Make the kind known."""
        from shouwang.kinds.joint_task import kind  # noqa: F401

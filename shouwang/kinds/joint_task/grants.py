"""Least rights: offices are called, join and leave; a note is written once, and a job forgets it with its task."""

GRANTS = {
    "joint_task_jointmember": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT",
        "seal": "",
        "read": "SELECT",
    },
    "joint_task_jointnote": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
}

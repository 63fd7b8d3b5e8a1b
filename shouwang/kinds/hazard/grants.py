"""Least rights on safety items and sweeps: staff note and check, a job opens what falls due and fills a sweep."""

_SWEPT = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, INSERT", "seal": "", "read": "SELECT"}

GRANTS = {
    "hazard_sweep": _SWEPT,
    "hazard_premises": _SWEPT,
    "hazard_safetyitem": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, UPDATE",
        "seal": "",
        "read": "SELECT",
    },
}

FUNCTIONS = {"hazard_published(text)": ("web", "portal")}

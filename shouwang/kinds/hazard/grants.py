"""Least rights on safety items: staff note and check them, a job opens what falls due."""

GRANTS = {
    "hazard_safetyitem": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, UPDATE",
        "seal": "",
        "read": "SELECT",
    },
}

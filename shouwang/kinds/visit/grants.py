"""Least rights on wishes: staff note and end them, a job opens what is due and forgets what is over."""

GRANTS = {
    "visit_wish": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, UPDATE, DELETE",
        "seal": "",
        "read": "",
    },
}

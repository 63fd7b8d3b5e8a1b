"""Least rights on the tables of the incident kind. Stamps are only ever added."""

GRANTS = {
    "incident_stamp": {
        "web": "SELECT, INSERT",
        "portal": "",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "incident_answer": {
        "web": "SELECT, INSERT",
        "portal": "",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "SELECT",
    },
}

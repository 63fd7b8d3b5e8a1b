"""Least rights on assignments: pages write them, the tick marks them, nobody deletes one."""

GRANTS = {
    "dispatch_assignment": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "SELECT",  # told when a crew is sent and has arrived
        "jobs": "SELECT, UPDATE",
        "seal": "",
        "read": "SELECT",
    }
}

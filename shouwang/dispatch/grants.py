"""Least rights: pages write assignments and what is promised, the tick marks and the jobs propose, nobody deletes."""

GRANTS = {
    "dispatch_assignment": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "SELECT",  # told when a crew is sent and has arrived
        "jobs": "SELECT, UPDATE",
        "seal": "",
        "read": "SELECT",
    },
    "dispatch_card": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "dispatch_drill": {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"},
    "dispatch_seat": {"web": "SELECT, INSERT", "portal": "", "jobs": "", "seal": "", "read": ""},
    "dispatch_excuse": {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "", "seal": "", "read": "SELECT"},
    "dispatch_moveup": {
        "web": "SELECT, UPDATE",
        "portal": "",
        "jobs": "SELECT, INSERT, UPDATE",  # proposed by a job
        "seal": "",
        "read": "SELECT",
    },
    "dispatch_rapidrule": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT",
        "seal": "",
        "read": "SELECT",
    },
}

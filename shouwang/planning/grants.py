"""Least rights on plans: pages ask and choose, the job works out, and asks after a call; nobody deletes one."""

GRANTS = {
    "planning_plan": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, UPDATE",
        "seal": "",
        "read": "SELECT",
    },
    "planning_routeplan": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, INSERT, UPDATE",
        "seal": "",
        "read": "",
    },
}

FUNCTIONS = {"planning_let_dwellings(varchar)": ("web", "jobs")}

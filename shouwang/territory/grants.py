"""The public is told who is responsible for a piece of ground, through one function and not by reading posts.

Police rooms are public: where they are and when they are open hangs at their doors.
"""

GRANTS = {
    "territory_policeroom": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "SELECT",
        "jobs": "SELECT, INSERT, UPDATE",
        "seal": "",
        "read": "SELECT",
    },
    "territory_postedboard": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, INSERT, UPDATE",
        "seal": "",
        "read": "SELECT",
    },
    "territory_platephoto": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT", "seal": "", "read": ""},
}
FUNCTIONS = {"territory_responsible(uuid[], timestamptz)": ("web", "portal", "jobs")}

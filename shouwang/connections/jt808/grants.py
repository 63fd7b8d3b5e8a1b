"""Least rights on terminals: the ground staff's pages and the door; nobody else."""

GRANTS = {
    "jt808_terminal": {"web": "SELECT, INSERT, UPDATE, DELETE", "portal": "", "jobs": "SELECT", "seal": "", "read": ""},
}

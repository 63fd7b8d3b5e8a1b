"""Least rights: pages write rules and answers, a job asks the branches and passes on; nobody deletes."""

_WRITTEN = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"}

GRANTS = {
    "command_branchdesk": _WRITTEN,
    "command_linkagerule": _WRITTEN,
    "command_linkagerequest": _WRITTEN | {"jobs": "SELECT, INSERT, UPDATE"},
}

"""Least rights: pages write rules, answers and the log of looks, a job asks the branches; nobody deletes."""

_WRITTEN = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"}

GRANTS = {
    "command_branchdesk": _WRITTEN,
    "command_linkagerule": _WRITTEN,
    "command_linkagerequest": _WRITTEN | {"jobs": "SELECT, INSERT, UPDATE"},
    "command_camera": _WRITTEN,
    "command_videoround": _WRITTEN,
    "command_cliprequest": _WRITTEN,
}

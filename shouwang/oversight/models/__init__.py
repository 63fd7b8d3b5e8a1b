from shouwang.oversight.models.export import Export, ExportKey
from shouwang.oversight.models.finding import Check, Finding, Settled
from shouwang.oversight.models.look_back import Asked, Presence, Replay
from shouwang.oversight.models.review import Answer, Found, Heard, PostFinding, Review
from shouwang.oversight.models.told import About, Told

__all__ = [
    "About",
    "Answer",
    "Asked",
    "Check",
    "Export",
    "ExportKey",
    "Finding",
    "Found",
    "Heard",
    "PostFinding",
    "Presence",
    "Replay",
    "Review",
    "Settled",
    "Told",
]

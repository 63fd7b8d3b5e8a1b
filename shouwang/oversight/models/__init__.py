from shouwang.oversight.models.export import Export, ExportKey
from shouwang.oversight.models.finding import Check, Finding, Settled
from shouwang.oversight.models.look_back import Asked, Presence, Replay
from shouwang.oversight.models.told import About, Told

__all__ = ["About", "Asked", "Check", "Export", "ExportKey", "Finding", "Presence", "Replay", "Settled", "Told"]

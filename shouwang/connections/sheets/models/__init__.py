from shouwang.connections.sheets.models.batch import Batch, BatchState, SheetKind
from shouwang.connections.sheets.models.rows import Fault, Line, Part, Staged

__all__ = ["Batch", "BatchState", "Fault", "Line", "Part", "SheetKind", "Staged"]

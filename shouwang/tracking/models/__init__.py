from shouwang.tracking.models.fix import Fix, LastFix
from shouwang.tracking.models.keeping import KeepingState, KeptStretch, TrackArchive, TrackKeeping
from shouwang.tracking.models.track_hold import TrackHold

__all__ = ["Fix", "KeepingState", "KeptStretch", "LastFix", "TrackArchive", "TrackHold", "TrackKeeping"]

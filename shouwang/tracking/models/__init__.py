from shouwang.tracking.models.fix import Fix, LastFix
from shouwang.tracking.models.track_hold import TrackHold

__all__ = ["Fix", "LastFix", "TrackHold"]

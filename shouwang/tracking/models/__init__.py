from shouwang.tracking.models.fix import Fix, LastFix

__all__ = ["Fix", "LastFix"]

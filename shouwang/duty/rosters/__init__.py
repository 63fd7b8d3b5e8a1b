"""Rosters: duty models as data, rosters worked out from them, changed by hand, put in force and lived."""

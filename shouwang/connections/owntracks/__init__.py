"""Positions as OwnTracks sends them in HTTP mode."""

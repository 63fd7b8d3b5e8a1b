"""Rounds on foot: who walks where in which order, what was done on them, and the diary that comes of it."""

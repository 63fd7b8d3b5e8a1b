"""Graded duty: which level a piece of ground is on, who ordered it, and what it asks of rosters (PAT-08)."""

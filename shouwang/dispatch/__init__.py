"""Sending units to matters: the board, suggestions, assignments."""

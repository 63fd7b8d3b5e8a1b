"""Shouwang 守望: community policing and grid governance."""

__version__ = "0.1.0"

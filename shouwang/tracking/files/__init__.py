"""Tracks as files: what a device wrote down by itself while there was no network. Each format has a reader here."""

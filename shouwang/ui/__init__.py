"""Tokens, components, page shells, the map. No tables."""

"""Directives: from the command room to those on the ground, and back until somebody has looked whether it was done."""

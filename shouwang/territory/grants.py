"""The public is told who is responsible for a piece of ground, through one function and not by reading posts."""

FUNCTIONS = {"territory_responsible(uuid[], timestamptz)": ("web", "portal")}

"""Pure functions on arrays: shortest paths and, later, partitions, rosters and routes. No Django."""

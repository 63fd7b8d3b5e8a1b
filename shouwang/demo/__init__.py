"""A world to try and to test in: the cast, a synthetic town, a day."""

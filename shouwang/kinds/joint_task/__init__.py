"""Joint tasks: several offices tasked at once, one of them leads, and what they write to each other."""

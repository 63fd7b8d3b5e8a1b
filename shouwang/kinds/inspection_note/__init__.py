"""督察: what an inspector noted about how something was done, and what the unit answers."""

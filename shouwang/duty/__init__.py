"""Units, crews and shifts: who is on duty with whom, with what."""

"""Everything that has to be brought to an end: matters, steps, clocks, parties."""

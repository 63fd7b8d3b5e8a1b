"""How many there ought to be on each ground, how many there are, and who is posted where."""

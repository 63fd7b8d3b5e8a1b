"""Positions of units on shift, through one visible pipeline. Never of residents."""

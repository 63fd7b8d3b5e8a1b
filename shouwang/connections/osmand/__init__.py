"""Positions as OsmAnd and Traccar Client send them."""

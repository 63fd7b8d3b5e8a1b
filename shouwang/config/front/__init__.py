"""The one public port: passes pages on to the process whose door it is, serves live streams, sheds what is too much."""

"""The command desk and the wall."""

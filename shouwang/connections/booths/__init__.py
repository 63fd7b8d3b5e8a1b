"""The box in a booth says every few minutes that it is there, and what it runs on."""

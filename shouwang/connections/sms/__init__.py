"""Short messages and calls through a gateway over HTTP, and a simulator of such a gateway."""

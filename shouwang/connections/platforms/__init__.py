"""Registers kept elsewhere (S-REG-002): a port by agreement. What arrives is a sheet like any other."""

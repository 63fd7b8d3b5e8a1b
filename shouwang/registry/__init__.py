"""Identities and registers: read for a purpose, one record at a time, never without a committed trace."""

"""Radios, recorders, gear: the ledger of an office, its acts, its monthly count."""

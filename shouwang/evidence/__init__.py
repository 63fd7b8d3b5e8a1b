"""Files: the sealed original, the copy everybody sees, uploads."""

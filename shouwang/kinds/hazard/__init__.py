"""隐患: something that can hurt people if nobody mends it, and what has to be checked before it does."""

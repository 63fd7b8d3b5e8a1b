"""Cards that a desk wrote while the system was away: read, taken in once, entered with their own times, or drilled."""

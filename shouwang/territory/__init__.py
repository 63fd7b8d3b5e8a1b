"""Acts on places: draw, check, approve, bring into force, re-home."""

"""Mobilisation: calling everybody, who answered, chasing the rest."""

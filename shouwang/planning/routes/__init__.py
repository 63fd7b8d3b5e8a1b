"""Patrol routes: asked for over places that must be seen, worked out by a job, changed by hand, accepted."""

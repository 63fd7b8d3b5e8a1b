"""Who may do what: persons, posts, devices, grants, sessions and the one access rule."""

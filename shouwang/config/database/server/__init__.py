"""Django's PostgreSQL backend, with a cheaper look at a line that was idle."""

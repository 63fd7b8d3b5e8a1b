"""A planted fault: a database backend that says "committed" before it has; the crash test must find it out."""

"""The tests' database: one server for all runs, a template per state of the schema, a copy per process."""

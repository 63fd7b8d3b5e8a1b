"""The embedded PostgreSQL server, and how any process finds the database and proves who it is."""

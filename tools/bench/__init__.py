"""The benchmark: a large database, what is measured on it, and the report."""

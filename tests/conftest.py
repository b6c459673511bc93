"""What every test may ask for: a throw-away PostgreSQL (`tests.postgres`)."""

from tests.postgres import cluster, database, migrated, postgres_store

__all__ = ["cluster", "database", "migrated", "postgres_store"]

"""What every test may ask for: a throw-away PostgreSQL (`tests.postgres`)."""

from tests.postgres import cluster, database, migrated, own_cluster, postgres_store

__all__ = ["cluster", "database", "migrated", "own_cluster", "postgres_store"]

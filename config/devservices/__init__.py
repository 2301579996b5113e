"""The room of the embedded PostgreSQL and Valkey of demo, development and CI; never production."""

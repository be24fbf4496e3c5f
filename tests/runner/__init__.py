"""What `make test` runs, and how it counts."""

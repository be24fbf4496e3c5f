"""The operations of the shared vectors, on the public API: a module for each topic."""

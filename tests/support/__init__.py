"""Real parts that the tests start and stop: a registry server, an image builder."""

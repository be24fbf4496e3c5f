//! One suite for the port `ImageRegistry`, run against every implementation.

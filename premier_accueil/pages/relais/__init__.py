"""Pages of the relay."""

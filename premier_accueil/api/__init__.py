"""Open interfaces, thin: a token stands for a mission, and goes through the same walls and actions as the pages."""

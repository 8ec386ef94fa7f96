"""The person's page."""

"""From words to needs to services."""

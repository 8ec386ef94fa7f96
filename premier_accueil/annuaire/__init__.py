"""Sites, services, permanences, contacts: the shared directory."""

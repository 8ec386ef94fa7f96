"""Sign in, lock, choose where one works."""

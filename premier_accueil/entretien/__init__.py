"""Interview, evaluation, points de situation, démarches."""

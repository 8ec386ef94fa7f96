"""The journey of a démarche and of a domiciliation: start, follow, contest."""

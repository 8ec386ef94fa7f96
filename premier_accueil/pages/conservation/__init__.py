"""How long files are kept, how they end, and the rights that people exercise."""

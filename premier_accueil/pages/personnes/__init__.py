"""The journey of a person's file: find, open, correct, protect."""

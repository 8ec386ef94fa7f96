"""The agenda: a day, a booking in two clicks, the rules of the structure."""

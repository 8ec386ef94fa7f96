"""Rules of the interview: no database; the clock comes in."""

"""What the screens of the interview show, as frozen values; every read of a person leaves its line."""

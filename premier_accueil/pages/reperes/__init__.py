"""Reference sheets: read at the counter, written together, decided by name; guides; what anybody may read."""

"""Reference sheets: what one does and who one calls, written together, decided by name, read by each."""

"""Pages that keep the directory true: entries, history, corrections, campaigns."""

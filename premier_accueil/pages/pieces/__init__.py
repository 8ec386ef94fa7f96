"""The papers to bring back."""

"""What is shared, with whom, and the registers that remember it."""

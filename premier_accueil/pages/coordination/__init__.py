"""What the coordination of the département sees: facts, never persons."""

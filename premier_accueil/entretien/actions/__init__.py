"""What changes in an interview and after it; each action is one transaction with its trace."""

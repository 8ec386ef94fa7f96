"""What the data protection officer of a structure opens: its registers, and whether they still hold."""

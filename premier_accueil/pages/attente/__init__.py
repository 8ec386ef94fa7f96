"""The queue and the waiting-room screen."""

"""Who works here, bound by what; given and ended by the administrator of the structure."""

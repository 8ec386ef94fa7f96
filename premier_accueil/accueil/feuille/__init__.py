"""The person's *feuille de route*: one neutral page, the same on paper, on screen and by SMS."""

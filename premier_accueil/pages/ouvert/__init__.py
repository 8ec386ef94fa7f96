"""What leaves the directory: public pages, cards, catalogues, printed guides."""

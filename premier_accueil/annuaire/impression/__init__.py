"""The directory leaves: cards for telephones, catalogues and guides on paper."""

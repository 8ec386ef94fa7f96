"""What this room holds about people. A passage knows no person: its own date ends it."""

from premier_accueil.socle.declarations import Declaration, declarer

declarer(
    Declaration("accueil.FeuilleDeRoute", "Feuilles de route", date="creee_le"),
    Declaration("accueil.Attente", "Tickets de la file", date="arrive_le"),
    Declaration("accueil.Passage", "Passages", date="arrive_le"),
)

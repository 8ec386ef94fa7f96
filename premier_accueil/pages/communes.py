"""From what is typed in a commune field to the commune it means."""

from __future__ import annotations

import re

from premier_accueil.territoire.requetes import CommuneTrouvee, chercher_communes

ENTRE_PARENTHESES = re.compile(r"^(?P<nom>.*?)\s*\((?P<code>[0-9AB]{5})\)\s*$")


def trouver_commune(texte: str) -> CommuneTrouvee | None:
    """Return the commune meant by a text such as "Loireauxence (44370)", a name, a postal code, or ``None``."""
    precise = ENTRE_PARENTHESES.match(texte)
    trouvees = chercher_communes(precise["nom"] if precise else texte, limite=8)
    if precise:
        trouvees = [c for c in trouvees if precise["code"] in c.codes_postaux or c.code == precise["code"]] or trouvees
    return trouvees[0] if trouvees else None

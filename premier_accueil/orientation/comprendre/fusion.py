"""Put together what expressions say and what the sentence model says, and drop the noise. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from premier_accueil.orientation.comprendre.expressions import Trouvee

MOTS_ENCODES = 60
"""Words of one text or clause given to the encoder."""
NOMBRE = 6
"""Needs kept at most."""
TEMPERATURE = 0.03
"""Sharpness of the model's answers (about 0.1 for noise, 0.4 and more for a clear need). Sharper than .05, needs are
named and ordered better, sureness told better, and both needs of a sentence that tells two are still heard."""
BRUIT = 0.05
"""At or below this answer the model heard nothing."""
SEUIL = 0.03
"""Below this score a need is noise."""
SEUIL_RELATIF = 0.03
"""A need much weaker than the first is noise."""
CERTAIN = 0.2
"""Below this best score nothing was understood: so are eleven of twenty-five sentences that say nothing of a need."""
PART_EXPRESSIONS = 0.1
PART_CLAUSE = 0.6
PART_FORTE = 0.5
PART_MODELE = 0.9


def par_expressions(trouvees: Sequence[Trouvee]) -> dict[str, float]:
    """Return the scores that expressions give: independent hints add up (noisy or)."""
    manques: dict[str, float] = {}
    for t in trouvees:
        ecart = t.rangs[-1] - t.rangs[0] + 1 - len(t.rangs)
        force = t.expression.force * (0.9**ecart)
        for code, part in t.expression.vers.items():
            manques[code] = manques.get(code, 1.0) * (1.0 - 0.97 * force * part)
    return {code: 1.0 - manque for code, manque in manques.items()}


def net(scores: Mapping[str, float]) -> bool:
    """Tell whether expressions alone decide: one need clearly said, well ahead of the others."""
    rangs = sorted(scores.values(), reverse=True)
    return bool(rangs) and rangs[0] >= 0.85 and (len(rangs) < 2 or rangs[1] <= 0.6)


def probabilites(notes: Mapping[str, float]) -> dict[str, float]:
    """Turn ridge answers in shares that add up to 1, times how sure the best one is."""
    haut = max(notes.values())
    exps = {code: math.exp((note - haut) / TEMPERATURE) for code, note in notes.items()}
    somme = sum(exps.values())
    sur = min(1.0, max(0.0, (haut - BRUIT) / 0.25))
    return {code: e / somme * (0.4 + 0.6 * sur) if sur else 0.0 for code, e in exps.items()}


def _un(dits: Mapping[str, float], appris: Mapping[str, float]) -> dict[str, float]:
    """Fuse both views of one piece of text."""
    sorties: dict[str, float] = {}
    for code in dits.keys() | appris.keys():
        dit, su = dits.get(code, 0.0), appris.get(code, 0.0)
        sorties[code] = max(
            PART_EXPRESSIONS * dit + (1 - PART_EXPRESSIONS) * su,
            PART_FORTE * dit if dit >= 0.9 else 0.0,
            PART_MODELE * su,
        )
    return sorties


def fondre(
    dits: Mapping[str, float], appris: Sequence[Mapping[str, float]], par_clause: Sequence[Mapping[str, float]]
) -> dict[str, float]:
    """Fuse the whole text and its clauses.

    Args:
        dits: scores of the expressions of the whole text.
        appris: scores of the model, of the whole text first, then of each clause.
        par_clause: scores of the expressions of each clause; empty when there is one clause only.
    """
    scores = _un(dits, appris[0])
    for dit, su in zip(par_clause, appris[1:], strict=True):
        for code, score in _un(dit, su).items():
            scores[code] = max(scores.get(code, 0.0), PART_CLAUSE * score)
    return scores


def retenir(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the needs worth showing, best first; nothing when even the best is doubtful."""
    rangs = sorted(((c, min(1.0, s)) for c, s in scores.items()), key=lambda cs: (-cs[1], cs[0]))
    if not rangs or rangs[0][1] < CERTAIN:
        return []
    seuil = max(SEUIL, SEUIL_RELATIF * rangs[0][1])
    return [(code, score) for code, score in rangs if score >= seuil][:NOMBRE]

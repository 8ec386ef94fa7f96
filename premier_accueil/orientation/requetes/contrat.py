"""The JSON contract of an orientation: stable from now on. Keys are never renamed nor removed."""

from __future__ import annotations

from typing import Any

from premier_accueil.orientation.requetes.vues import Proposition, Propositions


def en_json(reponse: Propositions) -> dict[str, Any]:
    """Return the answer as plain values, ready for ``json.dumps``.

    Numbers of the urgency are strings; times are ISO 8601 with their offset; unknown is ``None``.
    """
    urgence = reponse.urgence
    return {
        "situation": reponse.situation,
        "commune": {"code": reponse.commune.code, "nom": reponse.commune.nom} if reponse.commune else None,
        "urgence": {
            "niveau": urgence.niveau,
            "motif": urgence.motif,
            "numeros": [n.numero for n in urgence.numeros],
            "conduite": list(urgence.conduite),
        }
        if urgence
        else None,
        "thematiques": [
            {"code": t.code, "libelle": t.libelle, "score": round(t.score, 3)} for t in reponse.thematiques
        ],
        "propositions": [_proposition(p) for p in reponse.propositions],
        "ms": round(reponse.ms, 2),
    }


def _proposition(p: Proposition) -> dict[str, Any]:
    site = p.site
    return {
        "service": p.source_id,
        "nom": p.nom,
        "structure": p.structure,
        "site": {"nom": site.nom, "commune": site.commune, "latitude": site.latitude, "longitude": site.longitude}
        if site
        else None,
        "thematiques": list(p.thematiques),
        "distance_km": p.distance_km,
        "minutes": p.minutes,
        "mode": p.mode,
        "estimation": p.estimation,
        "ouvert": p.ouvert,
        "prochaine_ouverture": p.prochaine_ouverture.isoformat() if p.prochaine_ouverture else None,
        "a_confirmer": p.a_confirmer,
        "telephone": p.telephone,
        "raisons": list(p.raisons),
    }

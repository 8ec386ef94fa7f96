"""What is said to an institution about a stuck right (S3): the démarche and its dates, nothing else. Pure."""

from __future__ import annotations

from datetime import date

from premier_accueil.entretien.regles.demarches import Dossier, EtatDeDemarche, expliquer, le

BUT = "INTERPELLER"
E = EtatDeDemarche
DEMANDES = {
    E.PIECES_DEMANDEES: "Merci de dire quelles pièces manquent vraiment, et sur quel texte elles sont demandées.",
    E.DECIDEE: "Merci de réexaminer cette décision, ou d'en donner les raisons par écrit.",
    E.SILENCE: "Merci de prendre une décision écrite et d'en donner les raisons.",
    E.RECOURS: "Merci de dire où en est cette contestation.",
}


def dire_la_demarche(procedure: str, d: Dossier, jour: date) -> str:
    """Return what an institution needs to find a démarche and move it: dates, references, the question asked.

    Args:
        procedure: its name, in French.
        d: the démarche.
        jour: the local day.

    Returns:
        short lines; empty when it was not filed: there is nothing to ask yet.
    """
    if d.deposee_le is None:
        return ""
    aupres = f" auprès de {d.aupres}" if d.aupres else ""
    lignes = [f"{procedure}, demande déposée le {le(d.deposee_le)}{aupres}."]
    lignes += [f"Référence : {d.reference}."] if d.reference else []
    lignes += [f"Accusé de réception le {le(d.accuse_le)}."] if d.accuse_le else []
    lignes += [f"Transmise à {d.competente} le {le(d.competente_le)}."] if d.competente and d.competente_le else []
    lignes += [f"Pièces remises le {le(d.pieces_remises_le)}."] if d.pieces_remises_le else []
    lignes += list(expliquer(d, jour)[:1])
    lignes.append(DEMANDES.get(EtatDeDemarche(d.etat), "Merci de dire où en est cette demande et ce qui manque."))
    return "\n".join(lignes)

"""Live the example sheets through the product's own gestures, each at its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml


def ecrire_les_fiches(*, a: datetime) -> int:
    """Write, decide and publish the example sheets, and compose their guide, once; return how many there are now.

    Args:
        a: now; everything happened before.
    """
    from premier_accueil.commandes.relais_vecus import role_du_compte
    from premier_accueil.commandes.situations import ESPACE
    from premier_accueil.reperes import actions
    from premier_accueil.reperes.models import FicheRepere

    fichier = lire_yaml(dossiers.donnees() / "demonstration" / "reperes" / "installation.yaml")
    roles = {nom: role_du_compte(nom, a) for nom in (*fichier["redacteurs"], fichier["decideur"])}
    auteur = roles[fichier["redacteurs"][0]]
    decideur = roles[fichier["decideur"]]
    if auteur is None or decideur is None or FicheRepere.objects.exists():
        return 0
    avec = tuple(r.structure_id for r in roles.values() if r is not None)
    cles = {}
    for dite in fichier["fiches"]:
        le = a - timedelta(days=int(dite["jours"]))
        modele = actions.exemple(dite["exemple"])
        if modele is None:
            continue

        cle = actions.creer_une_fiche(
            replace(modele, proprietaires=avec), demande_id=uuid5(ESPACE, dite["exemple"]), role=auteur, a=le,
            exemple=True,
        )  # fmt: skip
        cles[dite["exemple"]] = cle
        actions.agir(cle, 1, "soumettre", actions.Dit(), role=auteur, a=le)
        if "jusqu_a" not in dite:
            _publier(cle, dite, fichier["decision"], decideur, le, a)
    guide = fichier["guide"]
    dit = actions.GuideDit(
        titre=guide["titre"], introduction=guide["introduction"], fiches=tuple(cles[f] for f in guide["fiches"]),
        proprietaires=avec,
    )  # fmt: skip
    actions.creer_un_guide(dit, demande_id=uuid5(ESPACE, "guide"), role=auteur, a=a)
    actions.veiller(a=a)
    return len(cles)


def _publier(
    cle: int, dite: Mapping[str, Any], decision: Mapping[str, str], decideur: Role, le: datetime, a: datetime
) -> None:
    """Decide, publish and read one sheet, as the committee and its readers would have."""
    from premier_accueil.commandes.relais_vecus import role_du_compte
    from premier_accueil.reperes import actions
    from premier_accueil.socle.horloge import jour_local

    jour = jour_local(le)
    dit = actions.Dit(
        decision=decision["mot"], par=decision["par"], le=jour, exemple=True, publique=bool(dite.get("publique")),
        revoir_le=jour_local(a) + timedelta(days=int(dite["revoir_dans"])),
    )  # fmt: skip
    actions.agir(cle, 1, "valider", dit, role=decideur, a=le)
    actions.agir(cle, 1, "publier", dit, role=decideur, a=le)
    for nom in dite["lue_par"]:
        lecteur = role_du_compte(nom, a)
        if lecteur is not None:
            actions.confirmer_la_lecture(cle, 1, role=lecteur, a=min(a, le + timedelta(days=3)))


def veiller_aux_fiches(a: datetime) -> str:
    """Say "à revoir" on the sheets whose day has come (night job)."""
    from premier_accueil.reperes.actions import veiller

    return f"{veiller(a=a)} fiche(s) repère(s) à revoir."

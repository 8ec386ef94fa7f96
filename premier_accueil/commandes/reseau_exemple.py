"""Weave the example network through the product's own gestures: who coordinates, places, initiatives, actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from django.utils.timezone import localtime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from premier_accueil.socle.horloge import jour_local

IMPORTEE = "réseau d'exemple"


def tisser_le_reseau(*, a: datetime) -> int:
    """Name heads of network and referents, tell places, initiatives and collective actions, once; return how many.

    Args:
        a: now; what is to come is counted from it.
    """
    from premier_accueil.annuaire.models import Initiative, TeteDeReseau
    from premier_accueil.commandes.relais_vecus import role_du_compte

    fichier = lire_yaml(dossiers.donnees() / "demonstration" / "reseau.yaml")
    coordination = role_du_compte(fichier["coordination"], a)
    if coordination is None or TeteDeReseau.objects.exists() or Initiative.objects.exists():
        return 0
    _nommer(fichier, coordination, a)
    _dire_les_lieux(fichier, a)
    auteurs = {d["compte"]: role_du_compte(d["compte"], a) for d in (*fichier["initiatives"], *fichier["actions"])}
    _entreprendre(fichier, {nom: role for nom, role in auteurs.items() if role is not None}, a)
    return len(fichier["tetes"]) + len(fichier["initiatives"]) + len(fichier["actions"])


def _nommer(fichier: Mapping[str, Any], role: Role, a: datetime) -> None:
    from premier_accueil.annuaire.actions import reseau
    from premier_accueil.annuaire.regles.missions import MissionDeTerritoire
    from premier_accueil.commandes.relais_vecus import structure_d_exemple

    for tete in fichier["tetes"]:
        if structure := structure_d_exemple(tete["structure"]):
            du = jour_local(a) - timedelta(days=tete["jours"])
            reseau.nommer_une_tete(tete["theme"], structure, du=du, source=tete["source"], role=role, a=a)
    for dit in (*fichier["referents"], *fichier["referents_de_territoire"]):
        structure = structure_d_exemple(dit["structure"])
        if structure is None:
            continue
        qui = reseau.Nomme(structure, dit["nom"], dit["fonction"], dit["telephone"])
        if "themes" in dit:
            reseau.nommer_un_referent_thematique(qui, dit["themes"], role=role, a=a)
        else:
            reseau.nommer_un_referent_de_territoire(
                qui, dit["territoire"], dit["communes"], list(MissionDeTerritoire), role=role, a=a
            )


def _dire_les_lieux(fichier: Mapping[str, Any], a: datetime) -> None:
    """Tell what is known of places and services, as an import would: nobody's word is overwritten by it."""
    from premier_accueil.annuaire.actions.modifier import modifier
    from premier_accueil.annuaire.models import Service, Site
    from premier_accueil.annuaire.regles.historique import Objet, Origine

    comment: dict[str, Any] = {"origine": Origine.IMPORT, "auteur": None, "auteur_dit": IMPORTEE, "a": a}
    for source_id, faits in fichier["lieux"].items():
        for pk in Site.objects.filter(structure__source_id=source_id).order_by("pk").values_list("pk", flat=True)[:1]:
            modifier(Objet.SITE, pk, faits, **comment)
    for source_id, faits in fichier["services"].items():
        jours = faits.get("jours")
        dits = {nom: valeur for nom, valeur in faits.items() if nom != "jours"}
        if jours is not None:
            dits["places_dites_le"] = (jour_local(a) - timedelta(days=jours)).isoformat()
        for pk in Service.objects.filter(source_id=source_id).values_list("pk", flat=True):
            modifier(Objet.SERVICE, pk, dits, **comment)


def _entreprendre(fichier: Mapping[str, Any], roles: Mapping[str, Role], a: datetime) -> None:
    from premier_accueil.annuaire.actions import initiatives
    from premier_accueil.commandes.situations import ESPACE
    from premier_accueil.territoire.requetes import commune_par_code

    for dite in fichier["initiatives"]:
        if role := roles.get(dite["compte"]):
            initiative = initiatives.InitiativeDite(
                dite["nom"], dite["actions"], dite["valeurs"], dite["utilite_sociale"],
                tuple(dite["thematiques"]), tuple(dite["publics"]),
            )  # fmt: skip
            initiatives.ecrire_une_initiative(initiative, role=role, a=a)
    for dite in fichier["actions"]:
        role, commune = roles.get(dite["compte"]), commune_par_code(dite["commune"])
        if role is None or commune is None:
            continue
        quand = localtime(a) - timedelta(days=dite["jours"])
        jour = quand.replace(hour=dite["heure"], minute=0, second=0, microsecond=0)
        action = initiatives.ActionDite(
            nom=dite["nom"], commune_id=commune.id, debut=jour, fin=jour + timedelta(hours=dite["duree"]),
            lieu=dite["lieu"], venir=dite["venir"], description=dite["description"],
            thematiques=tuple(dite["thematiques"]), publics=tuple(dite["publics"]),
        )  # fmt: skip
        initiatives.ecrire_une_action_collective(action, demande_id=uuid5(ESPACE, dite["nom"]), role=role, a=a)

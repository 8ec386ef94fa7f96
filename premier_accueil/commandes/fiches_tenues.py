"""Live the directory through the product's own gestures: a campaign, its answers, a correction that waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

PAGE = "/f/{}/"


def tenir_l_annuaire(*, a: datetime) -> int:
    """Open the example campaign, answer it in part, propose a correction, once; return how many links there are now.

    Args:
        a: now; everything happened before.
    """
    from premier_accueil.annuaire.actions import campagnes, proposer_des_parties
    from premier_accueil.annuaire.models import Campagne, LienDeFiche
    from premier_accueil.annuaire.regles.campagnes import Quoi
    from premier_accueil.commandes.relais_vecus import role_du_compte
    from premier_accueil.socle.horloge import jour_local

    fichier = lire_yaml(dossiers.donnees() / "demonstration" / "annuaire.yaml")
    dite = fichier["campagne"]
    role, le = role_du_compte(dite["par"], a), a - timedelta(days=dite["ouverte_jours"])
    if role is None or Campagne.objects.exists():
        return 0
    _vieillir(fichier["vieille"], a)
    _dire_les_places(fichier["places"], a)
    comite = jour_local(a) + timedelta(days=dite["comite_jours"])
    demande = campagnes.Demande(comite, Quoi.TOUTES, dite["territoire"], dite["territoire_nom"], PAGE)
    ouverte = campagnes.ouvrir_une_campagne(demande, role=role, a=le)
    # Nobody real is written to: the real entries of the demonstration get no link.
    LienDeFiche.objects.filter(campagne=ouverte, structure__exemple=False).delete()
    for reponse in dite["reponses"]:
        _repondre(ouverte.pk, reponse, a)
    for correction in fichier["corrections"]:
        _proposer(correction, a)
    for ferme in fichier["fermes"]:
        _dire_ferme(ferme, a)
    proposer_des_parties(role.departement, a=a)
    return LienDeFiche.objects.filter(campagne=ouverte).count()


def _vieillir(dite: Mapping[str, Any], a: datetime) -> None:
    from premier_accueil.annuaire.models import Service
    from premier_accueil.socle.calendrier import plus_tard

    services = Service.objects.filter(structure__source_id=dite["structure"], structure__exemple=True)
    services.update(date_maj=plus_tard(a, mois=-dite["mois"]).date())


def _dire_les_places(dites: Sequence[Mapping[str, Any]], a: datetime) -> None:
    from premier_accueil.annuaire.models import Service

    for dite in dites:
        services = Service.objects.filter(structure__source_id=dite["structure"], structure__exemple=True)
        services.update(**dite["dit"], places_dites_le=(a - timedelta(days=dite["jours"])).date())


def _repondre(campagne_id: int, dite: Mapping[str, Any], a: datetime) -> None:
    """Answer as the structure would: everything is still true, or a line is corrected first."""
    from premier_accueil.annuaire.actions.campagnes import secret_de
    from premier_accueil.annuaire.actions.reponses import (
        Partie,
        confirmer_par_le_lien,
        corriger_par_le_lien,
        signature,
    )
    from premier_accueil.annuaire.models import LienDeFiche, Service
    from premier_accueil.annuaire.regles.historique import Objet
    from premier_accueil.annuaire.requetes import version_de

    lien = LienDeFiche.objects.filter(campagne=campagne_id, structure__source_id=dite["structure"]).first()
    if lien is None:
        return
    secret, dit, le = secret_de(lien), signature(dite["nom"], dite["fonction"]), a - timedelta(days=dite["jours"])
    services = list(Service.objects.filter(structure=lien.structure_id).order_by("cle", "pk"))
    if services and "corriger" in dite:
        partie = Partie(Objet.SERVICE, services[0].pk, dite["corriger"], version_de(Objet.SERVICE, services[0]))
        corriger_par_le_lien(secret, services[0].pk, [partie], dit=dit, a=le)
    confirmer_par_le_lien(secret, [s.pk for s in services], dit=dit, a=le)


def _proposer(dite: Mapping[str, Any], a: datetime) -> None:
    from premier_accueil.annuaire.actions.corrections import Proposee, proposer_une_correction
    from premier_accueil.annuaire.models import Service
    from premier_accueil.annuaire.regles.historique import Objet
    from premier_accueil.commandes.relais_vecus import role_du_compte
    from premier_accueil.commandes.situations import ESPACE

    role = role_du_compte(dite["par"], a)
    service = Service.objects.filter(structure__source_id=dite["structure"]).order_by("cle", "pk").first()
    if role is None or service is None:
        return
    proposee = Proposee(
        Objet.SERVICE, service.pk, dite["champ"], dite["valeur"], dite["pourquoi"], uuid5(ESPACE, dite["structure"])
    )
    proposer_une_correction(proposee, role=role, a=a - timedelta(days=dite["jours"]))


def _dire_ferme(dite: Mapping[str, Any], a: datetime) -> None:
    from premier_accueil.annuaire.actions.declarations import Declaration, declarer
    from premier_accueil.annuaire.models import Service
    from premier_accueil.annuaire.regles.declarations import Sort
    from premier_accueil.commandes.relais_vecus import role_du_compte
    from premier_accueil.commandes.situations import ESPACE
    from premier_accueil.socle.horloge import jour_local

    role, service = role_du_compte(dite["par"], a), Service.objects.filter(source_id=dite["service"]).first()
    if role is None or service is None:
        return
    le = a - timedelta(days=dite["jours"])
    ferme = Declaration(service.pk, Sort.FERME, jour_local(le), dite["mot"], uuid5(ESPACE, dite["service"]))
    declarer(ferme, par=role.compte_id, par_dit=f"{role.compte}, {role.structure}", a=le)

"""Write what hangs from services: permanences, exceptional closings, named contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from premier_accueil.annuaire.actions.garde import CORRIGE, Garde, anciens_noms
from premier_accueil.annuaire.actions.lots import Pose, par_cle
from premier_accueil.annuaire.imports.bilan import BilanDImport, Sort
from premier_accueil.annuaire.imports.fiches import FicheService, PermanenceVoulue
from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Service, Site
from premier_accueil.annuaire.regles.historique import FICHE, Objet
from premier_accueil.annuaire.requetes.historique import retires_a_la_main

Placees = list[tuple[PermanenceVoulue, Site | None]]
Cle = tuple[int | None, str, str]
RETIREE, RETIRE = "retirée à la main : pas remise", "retiré à la main : pas remis"


def ecrire_permanences(
    poses: Sequence[tuple[FicheService, Service, Placees]], bilan: BilanDImport, a: datetime
) -> None:
    """Make the permanences of each service those of the file.

    The producer masters them: one that is gone is removed, unless somebody corrected or added it here; one that
    somebody took out stays out. A row is kept when only its hours change, so that what points at it (closings,
    appointments) stays.
    """
    existantes: dict[int, list[Permanence]] = {}
    for permanence in Permanence.objects.filter(service__in=[s for _, s, _ in poses]).order_by("pk"):
        existantes.setdefault(permanence.service_id, []).append(permanence)
    garde = Garde(Permanence, [p.pk for siennes in existantes.values() for p in siennes])
    pose = Pose(Permanence, bilan, a, poses[0][0].source if poses else "", garde, principale=False)
    ecartees = retires_a_la_main(Objet.PERMANENCE, [s.pk for _, s, _ in poses])
    fermetures: list[tuple[FicheService, Permanence, PermanenceVoulue]] = []
    de_trop: list[int] = []
    for fiche, service, placees in poses:
        voulues = _voulues(fiche, placees, bilan)
        reste, sorties = existantes.get(service.pk, []), list(ecartees.get(service.pk, ()))
        for cle, voulue in voulues.items():
            existante, sortie = _celle_d_ici(cle, voulues, reste, sorties, garde)
            if sortie is not None:
                sorties.remove(sortie)
                bilan.avertir(fiche.origine, "permanences", RETIREE, voulue.horaires or voulue.horaires_texte)
                continue
            if existante is not None:
                reste.remove(existante)
            champs = {
                "forme": voulue.forme.value,
                "horaires": voulue.horaires,
                "horaires_texte": voulue.horaires_texte,
                "sur_rendez_vous": voulue.sur_rendez_vous,
                "precision": voulue.precision,
            }
            identite = {"service": service, "site_id": cle[0]}
            permanence = pose.vouloir(fiche.origine, existante, identite, champs)
            if "fermetures" not in garde.a_la_main(permanence.pk):
                fermetures.append((fiche, permanence, voulue))
            elif voulue.fermetures:
                bilan.avertir(fiche.origine, "exceptions", CORRIGE, f"{len(voulue.fermetures)} fermeture(s)")
        for permanence in reste:
            if garde.a_la_main(permanence.pk):
                bilan.avertir(fiche.origine, "permanences", CORRIGE, permanence.horaires or permanence.horaires_texte)
            else:
                bilan.noter(fiche.origine, Sort.MODIFIE)
                de_trop.append(permanence.pk)
    Permanence.objects.filter(pk__in=de_trop).delete()
    pose.ecrire()
    _ecrire_fermetures(fermetures, bilan, a)


def _voulues(fiche: FicheService, placees: Placees, bilan: BilanDImport) -> dict[Cle, PermanenceVoulue]:
    voulues: dict[Cle, PermanenceVoulue] = {}
    for voulue, site in placees:
        if site is None and not voulue.sans_lieu:
            bilan.avertir(fiche.origine, "adresse", "aucun lieu connu : le service est gardé sans permanence")
        elif site is None or site.pk is not None:
            cle = (site.pk if site else None, voulue.horaires, voulue.horaires_texte)
            voulues.setdefault(cle, voulue)
    return voulues


def _cle(permanence: Permanence) -> Cle:
    return permanence.site_id, permanence.horaires, permanence.horaires_texte


def _celle_d_ici(
    cle: Cle, voulues: Mapping[Cle, Any], reste: Sequence[Permanence], sorties: Sequence[dict[str, Any]], garde: Garde
) -> tuple[Permanence | None, dict[str, Any] | None]:
    """Return the row that a line means, or the one that somebody took out: the same first, else the same place.

    A row that somebody added here is meant only by the very same line.
    """
    dites = [((s["site_id"], s["horaires"], s["horaires_texte"]), s) for s in sorties]
    if pareille := next((p for p in reste if _cle(p) == cle), None):
        return pareille, None
    if pareille_sortie := next((s for la, s in dites if la == cle), None):
        return None, pareille_sortie
    au_lieu = (p for p in reste if p.site_id == cle[0] and _cle(p) not in voulues)
    if voisine := next((p for p in au_lieu if FICHE not in garde.a_la_main(p.pk)), None):
        return voisine, None
    return None, next((s for la, s in dites if la[0] == cle[0] and la not in voulues), None)


def _ecrire_fermetures(
    voulues: Sequence[tuple[FicheService, Permanence, PermanenceVoulue]], bilan: BilanDImport, a: datetime
) -> None:
    """Add the closings of the file; those written here by hand are left alone."""
    avec = [(f, p, v) for f, p, v in voulues if v.fermetures and p.pk is not None]
    connues = par_cle(
        Fermeture.objects.filter(permanence__in=[p for _, p, _ in avec]).order_by("pk"), "permanence_id", "du", "au"
    )
    garde = Garde(Fermeture, [f.pk for f in connues.values()])
    pose = Pose(Fermeture, bilan, a, avec[0][0].source if avec else "", garde, principale=False)
    for fiche, permanence, voulue in avec:
        for f in voulue.fermetures:
            identite = {"permanence": permanence, "du": f.du, "au": f.au}
            pose.vouloir(fiche.origine, connues.get((permanence.pk, f.du, f.au)), identite, {"motif": f.motif})
    pose.ecrire()


def ecrire_interlocuteurs(
    poses: Sequence[tuple[FicheService, Service]], bilan: BilanDImport, a: datetime
) -> None:
    """Add or correct the contacts of the file; those written here by hand are left alone."""
    avec = [(f, s) for f, s in poses if f.interlocuteurs]
    connus = par_cle(
        Interlocuteur.objects.filter(service__in=[s for _, s in avec]).order_by("pk"), "service_id", "nom"
    )
    par_pk = {c.pk: c for c in connus.values()}
    sortis = retires_a_la_main(Objet.INTERLOCUTEUR, [s.pk for _, s in avec])
    ecartes = {(cle, s["nom"]) for cle, siens in sortis.items() for s in siens}
    renommes = {s["id"]: cle for cle, siens in sortis.items() for s in siens}
    for pk, nom in sorted(anciens_noms({*par_pk, *renommes})):
        if pk in renommes:
            ecartes.add((renommes[pk], nom))
        else:
            connus.setdefault((par_pk[pk].service_id, nom), par_pk[pk])
    garde = Garde(Interlocuteur, par_pk)
    pose = Pose(Interlocuteur, bilan, a, avec[0][0].source if avec else "", garde, principale=False)
    for fiche, service in avec:
        for voulu in fiche.interlocuteurs:
            champs = {
                "fonction": voulu.fonction,
                "telephone": voulu.telephone,
                "courriel": voulu.courriel,
                "diffusion": voulu.diffusion.value,
            }
            identite = {"service": service, "nom": voulu.nom}
            connu = connus.get((service.pk, voulu.nom))
            if connu is None and (service.pk, voulu.nom) in ecartes:
                bilan.avertir(fiche.origine, "interlocuteurs", RETIRE, voulu.nom)
                continue
            if connu is not None and connu.nom != voulu.nom:
                bilan.avertir(fiche.origine, "nom", CORRIGE, voulu.nom)
            pose.vouloir(fiche.origine, connu, identite, champs)
    pose.ecrire()

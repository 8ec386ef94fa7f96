"""Read a person's file. Every reading leaves its line, in the same transaction; none restarts the clock of contacts."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes import models
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import AdresseProtegee, BrisDeGlace, Personne
from premier_accueil.personnes.requetes.composition import contact, foyer, identite, mesures
from premier_accueil.personnes.requetes.vues import Blocage, DossierVu, Ecartee, Entete, IdentiteProjetable
from premier_accueil.socle.journal import Geste, noter

LOURDS = ("commune__contour", "commune__mairie")  # some kilobytes a row that no screen here shows


def dossier(personne_id: int, role: Role, a: datetime) -> DossierVu:
    """Return a person's file; the reading is journaled.

    Raises:
        Personne.DoesNotExist: unknown, another structure's, or blocked for this role: one answer for all (T7).
    """
    p = _lire(personne_id, role, a, "dossier")
    exceptions = BrisDeGlace.objects.filter(personne=p, compte_id=role.compte_id, vaut_jusqu_a__gt=a)
    return DossierVu(
        id=p.pk, version=p.version, identite=identite(p), contact=contact(p), foyer=foyer(p.pk, role, a),
        mesures=mesures(p.pk, a), blocages=_blocages(p.pk), ecartees=_ecartees(p.pk),
        adresse_gardee=AdresseProtegee.objects.filter(personne=p).exists(),
        exceptionnel=exceptions.order_by("-vaut_jusqu_a").values_list("vaut_jusqu_a", flat=True).first(),
        cree_le=p.cree_le, dernier_contact_le=p.dernier_contact_le,
    )  # fmt: skip


def entete(personne_id: int, role: Role, a: datetime) -> Entete:
    """Return what heads every page about a person; the reading is journaled.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    p = _lire(personne_id, role, a, "entete")
    i = identite(p)
    return Entete(p.pk, i.nom_affiche, i.naissance, p.adresse_protegee)


def identite_projetable(personne_id: int, role: Role, a: datetime) -> IdentiteProjetable:
    """Return what another room may project of a person, item by item; the reading is journaled.

    A protected address and its number are in none of these values: they stand in another table (T3).

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    p = _lire(personne_id, role, a, "identite_projetable")
    en_cours = [m for m in mesures(p.pk, a) if m.en_cours]
    return IdentiteProjetable(
        p.pk, p.structure_id, identite(p), contact(p), foyer(p.pk, role, a), en_cours[0] if en_cours else None
    )


def cles_de(personne_id: int, role: Role) -> frozenset[int]:
    """Return a person's key and those of the files merged into hers: what registers, never rewritten, still name."""
    vers = {personne_id}
    absorbees = dict(
        Personne.objects.filter(structure_id=role.structure_id)
        .exclude(fusionnee_dans=None).order_by("pk").values_list("pk", "fusionnee_dans_id")
    )  # fmt: skip
    while nouvelles := {cle for cle, dans in absorbees.items() if dans in vers} - vers:
        vers |= nouvelles
    return frozenset(vers)


def _lire(personne_id: int, role: Role, a: datetime, action: str) -> Personne:
    p = (
        Personne.objects.filter(personnes_visibles(role, a))
        .select_related("commune", "regle_de_contact")
        .defer(*LOURDS)
        .get(pk=personne_id)
    )
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action=action,
        objet="PERSONNE", objet_id=p.pk, a=a,
    )  # fmt: skip
    return p


def _blocages(personne_id: int) -> tuple[Blocage, ...]:
    lignes = (
        models.Blocage.objects.filter(personne_id=personne_id, leve_le=None)
        .order_by("pose_le", "pk")
        .values_list("pk", "compte_id", "compte__nom", "motif", "pose_par__nom", "pose_le")
    )
    return tuple(Blocage(*ligne) for ligne in lignes)


def _ecartees(personne_id: int) -> tuple[Ecartee, ...]:
    lignes = (
        models.StructureEcartee.objects.filter(personne_id=personne_id, leve_le=None)
        .order_by("pose_le", "pk")
        .values_list("pk", "ecartee_id", "ecartee__nom", "motif", "pose_par__nom", "pose_le")
    )
    return tuple(Ecartee(*ligne) for ligne in lignes)

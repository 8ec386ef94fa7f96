"""Named blocks, and the exceptional opening that a second person is told of."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.actions.commun import SaisieRefusee, refuser_le_nir, tenir, tracer
from premier_accueil.personnes.models import Blocage, BrisDeGlace, MotDeNom, Personne, StructureEcartee
from premier_accueil.personnes.regles import LONGUEUR_DE_LA_RAISON, GenreDeMot, mots
from premier_accueil.personnes.requetes import a_prevenir, collegues
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste
from premier_accueil.socle.texte import propre


@transaction.atomic
def poser_un_blocage(personne_id: int, *, compte_id: int, motif: str, role: Role, a: datetime) -> None:
    """Hide a person from a named account of the structure: it finds nothing any more. A second call changes nothing.

    Args:
        personne_id: her key.
        compte_id: a colleague, or oneself ("it is my sister").
        motif: in a few words: relative, neighbour…
        role: who notes it.
        a: when.

    Raises:
        SaisieRefusee: no such colleague, or no reason.
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a, en_entier=True)
    motif = propre(motif)
    refuser_le_nir({"motif": motif})
    if not motif:
        raise SaisieRefusee("motif", "Dites pourquoi en deux mots : proche, voisin…")
    if compte_id not in dict(collegues(role, a)):
        raise SaisieRefusee("compte", "Choisissez un collègue dans la liste.")
    Blocage.objects.get_or_create(
        personne=p, compte_id=compte_id, leve_le=None,
        defaults={"structure_id": p.structure_id, "motif": motif, "pose_par_id": role.compte_id, "pose_le": a},
    )  # fmt: skip
    # An exceptional opening in hand would see through the new block.
    BrisDeGlace.objects.filter(personne=p, compte_id=compte_id, vaut_jusqu_a__gt=a, ouvert_le__lt=a).update(
        vaut_jusqu_a=a
    )
    tracer("poser_un_blocage", role, a, p.pk)


@transaction.atomic
def lever_un_blocage(personne_id: int, blocage_id: int, *, role: Role, a: datetime) -> None:
    """End a block; never by the account that it hides the person from.

    Raises:
        Personne.DoesNotExist: not visible to this role, or opened exceptionally.
    """
    p = tenir(personne_id, role, a, en_entier=True)
    Blocage.objects.filter(pk=blocage_id, personne=p, leve_le=None).exclude(compte_id=role.compte_id).update(
        leve_le=a, leve_par_id=role.compte_id
    )
    tracer("lever_un_blocage", role, a, p.pk)


@transaction.atomic
def ecarter_une_structure(personne_id: int, *, structure_id: int, motif: str, role: Role, a: datetime) -> None:
    """Note that a whole structure must never receive anything of a person. A second call changes nothing.

    Args:
        personne_id: her key.
        structure_id: the structure, of the directory.
        motif: in a few words.
        role: who notes it.
        a: when.

    Raises:
        SaisieRefusee: one's own structure, an unknown one, or no reason.
        Personne.DoesNotExist: not visible to this role, or opened exceptionally.
    """
    p = tenir(personne_id, role, a, en_entier=True)
    motif = propre(motif)[:120]
    refuser_le_nir({"motif": motif})
    if not motif:
        raise SaisieRefusee("motif", "Dites pourquoi en deux mots : un proche y travaille…")
    if structure_id == p.structure_id:
        raise SaisieRefusee("structure", "C'est votre structure : bloquez plutôt un collègue.")
    if not Structure.objects.filter(pk=structure_id).exists():
        raise SaisieRefusee("structure", "Cherchez puis choisissez une structure.")
    StructureEcartee.objects.get_or_create(
        personne=p, ecartee_id=structure_id, leve_le=None,
        defaults={"structure_id": p.structure_id, "motif": motif, "pose_par_id": role.compte_id, "pose_le": a},
    )  # fmt: skip
    tracer("ecarter_une_structure", role, a, p.pk)


@transaction.atomic
def ne_plus_ecarter(personne_id: int, ecartee_id: int, *, role: Role, a: datetime) -> None:
    """End the setting aside of a structure.

    Raises:
        Personne.DoesNotExist: not visible to this role, or opened exceptionally.
    """
    p = tenir(personne_id, role, a, en_entier=True)
    StructureEcartee.objects.filter(pk=ecartee_id, personne=p, leve_le=None).update(
        leve_le=a, leve_par_id=role.compte_id
    )
    tracer("ne_plus_ecarter", role, a, p.pk)


@transaction.atomic
def briser_la_glace(*, nom: str, annee: int, raison: str, demande_id: UUID, role: Role, a: datetime) -> int | None:
    """Open a file until the end of the day, for a reason that a second person is told.

    Args:
        nom: the whole name, as written in the file.
        annee: birth year.
        raison: why, in 20 characters or more.
        demande_id: drawn by the page: a second call opens nothing more.
        role: who opens.
        a: when.

    Returns:
        the file, or ``None`` when there is not exactly one such file: the page then says what a search that finds
        nobody says (T7). Both are journaled.

    Raises:
        SaisieRefusee: a field must be corrected, whether or not there is such a file.
    """
    raison, prevenus = propre(raison), a_prevenir(role, a)
    refuser_le_nir({"nom": nom, "raison": raison})
    if not mots(nom):
        raise SaisieRefusee("nom", "Écrivez le nom et le prénom, en entier.")
    if len(raison) < LONGUEUR_DE_LA_RAISON:
        raise SaisieRefusee(
            "raison", f"Dites pourquoi en {LONGUEUR_DE_LA_RAISON} caractères au moins : une autre personne le lira."
        )
    if not prevenus:
        raise SaisieRefusee("raison", "Personne ne peut être prévenu dans votre structure : appelez votre responsable.")
    personne_id = _exacte(nom, annee, role)
    prevenu = _prevenu(personne_id, prevenus)
    tracer("briser_la_glace", role, a, personne_id if prevenu else None, geste=Geste.RECHERCHE)
    if personne_id is None or prevenu is None:
        return None
    bris, _ = BrisDeGlace.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={
            "personne_id": personne_id, "compte_id": role.compte_id, "raison": raison[:500], "prevenu_id": prevenu,
            "ouvert_le": a, "vaut_jusqu_a": _fin_du_jour(a),
        },
    )  # fmt: skip
    return bris.personne_id


@transaction.atomic
def voir_un_signalement(bris_id: int, *, role: Role, a: datetime) -> None:
    """Note that the person who was told has seen it; nobody else can."""
    BrisDeGlace.objects.filter(
        pk=bris_id, structure_id=role.structure_id, prevenu_id=role.compte_id, vu_le=None
    ).update(vu_le=a)
    tracer("voir_un_signalement", role, a, bris_id, objet="BRIS_DE_GLACE")


def _exacte(nom: str, annee: int, role: Role) -> int | None:
    """Return the one file of the structure that bears this whole name and birth year."""
    dits = set(mots(nom))
    trouvees = Personne.objects.filter(structure_id=role.structure_id, fusionnee_dans=None, naissance_annee=annee)
    for mot in sorted(dits)[:8]:
        ecrits = MotDeNom.objects.filter(structure_id=role.structure_id, genre=GenreDeMot.NOM, mot=mot)
        trouvees = trouvees.filter(pk__in=ecrits.values("personne_id"))
    exactes = [p.pk for p in trouvees.order_by("pk")[:50] if dits in _noms_entiers(p)]
    return exactes[0] if len(exactes) == 1 else None


def _noms_entiers(p: Personne) -> list[set[str]]:
    noms = [p.nom, p.nom_usage, f"{p.nom} {p.nom_usage}"] if p.nom or p.nom_usage else [p.appellation]
    return [set(mots(f"{p.prenom} {nom}")) for nom in noms if nom.strip()]


def _prevenu(personne_id: int | None, prevenus: list[int]) -> int | None:
    # Asked even when nobody was found: the two answers take the same queries.
    bloques = Blocage.objects.filter(personne_id=personne_id or 0, leve_le=None)
    caches = set(bloques.values_list("compte_id", flat=True))
    return next((c for c in prevenus if c not in caches), None)


def _fin_du_jour(a: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(jour_local(a) + timedelta(days=1), time.min))

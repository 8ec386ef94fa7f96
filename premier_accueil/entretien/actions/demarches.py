"""Open a démarche, make it advance, undo: each one transaction with its trace. Nothing ends by itself (T11)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import demarches_visibles
from premier_accueil.entretien.models import Demarche, GesteDeDemarche
from premier_accueil.entretien.regles.demarches import PROCEDURES, Dossier, GesteRefuse, Saisie, apres, echeance, regles
from premier_accueil.faits.actions import noter_faits
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.personnes.actions.commun import refuser_le_nir
from premier_accueil.personnes.actions.contact import refuser_ce_qui_est_protege
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

COLONNES = tuple(f.name for f in fields(Dossier))
LONGUEURS = {"objet": 200, "aupres": 200, "reference": 80, "pieces": 2_000}
ENTRE_TEMPS = "Quelqu'un a fait avancer cette démarche pendant votre saisie, qui est gardée. Relisez-la, puis validez."
ROUVRIR = "clore"


@dataclass(frozen=True)
class Ouverte:
    """The démarche, and whether it was already there (double click)."""

    demarche_id: int
    deja: bool


@transaction.atomic
def ouvrir(
    procedure: str, *, demande_id: UUID, role: Role, a: datetime, personne_id: int | None = None,
    passage_id: int | None = None, objet: str = "",
) -> Ouverte:  # fmt: skip
    """Start a démarche, for a person, for an anonymous passage, or for nobody known.

    Args:
        procedure: code of ``donnees/demarches.yaml``.
        demande_id: drawn by the page: a second call changes nothing.
        role: who opens it, and follows it until a colleague takes it over.
        a: when.
        personne_id: her file, in the same structure.
        passage_id: where it came from.
        objet: what it is about, in a few words.

    Raises:
        SaisieRefusee: unknown procedure, or a word that may not be written here.
        Personne.DoesNotExist, Passage.DoesNotExist: not visible to this role.
    """
    if procedure not in PROCEDURES:
        raise SaisieRefusee("procedure", "Choisissez une démarche de la liste.")
    passage = Passage.objects.get(passages_visibles(role), pk=passage_id) if passage_id else None
    cle = personne_id or (passage.personne_id if passage else None)
    personne = Personne.objects.get(personnes_visibles(role, a), pk=cle) if cle else None
    dit = _nets(personne, {"objet": objet})
    demarche, cree = Demarche.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande_id,
        defaults={
            "personne": personne, "passage": passage, "procedure": procedure, **dit, "ouverte_par_id": role.compte_id,
            "suivie_par_id": role.compte_id, "ouverte_le": a, "modifiee_le": a,
            "aupres": PROCEDURES[procedure].guichet_unique,
        },
    )  # fmt: skip
    if cree:
        _fait(demarche, "ouvrir", role, a)
        _tracer("ouvrir_une_demarche", demarche, role, a)
    return Ouverte(demarche.pk, deja=not cree)


@transaction.atomic
def faire(
    geste: str, demarche_id: int, saisie: Saisie, *, demande_id: UUID, version: int, role: Role, a: datetime
) -> bool:
    """Make one gesture of the table.

    Args:
        geste: a key of ``GESTES_DE_DEMARCHE``.
        saisie: what is said of it.
        demande_id: drawn by the page: a second click makes it once.
        version: the version that the page showed.

    Returns:
        whether it was made; ``False`` when this very click already was.

    Raises:
        SaisieRefusee: the state does not allow it, somebody was faster, or something must be corrected.
        Demarche.DoesNotExist: not visible to this role.
        KeyError: no such gesture.
    """
    d = _tenir(demarche_id, role, a)
    if GesteDeDemarche.objects.filter(structure_id=role.structure_id, demande_id=demande_id).exists():
        return False
    if d.version != version:
        raise SaisieRefusee("", ENTRE_TEMPS)
    textes: dict[str, Any] = dict(_nets(d.personne, {c: getattr(saisie, c) for c in ("aupres", "reference", "pieces")}))
    nette = replace(saisie, **textes)
    avant, jour = dossier_de(d), jour_local(a)
    try:
        suivant = apres(geste, avant, nette, jour)
    except GesteRefuse as refus:
        raise SaisieRefusee(refus.champ, str(refus)) from refus
    _poser(d, suivant, a)
    try:
        with transaction.atomic():
            GesteDeDemarche.objects.create(
                structure_id=d.structure_id, demarche=d, demande_id=demande_id, geste=geste, jour=saisie.jour or jour,
                avant=asdict(avant), compte_id=role.compte_id, fait_le=a,
            )  # fmt: skip
    except IntegrityError as course:
        raise SaisieRefusee("", ENTRE_TEMPS) from course
    _fait(d, geste, role, a, decision=suivant.decision)
    _tracer(geste, d, role, a)
    return True


@transaction.atomic
def annuler(demarche_id: int, *, role: Role, a: datetime) -> str:
    """Undo the last gesture: within fifteen minutes, by its author; a closing is reopened by anybody, at any time.

    Returns:
        the name of the gesture undone.

    Raises:
        SaisieRefusee: there is none, it is too old, or a colleague made it.
        Demarche.DoesNotExist: not visible to this role.
    """
    d = _tenir(demarche_id, role, a)
    dernier = d.gestes.filter(annule_le=None).order_by("-fait_le", "-pk").first()
    if dernier is None:
        raise SaisieRefusee("", "Il n'y a rien à annuler.")
    if dernier.geste != ROUVRIR and dernier.compte_id != role.compte_id:
        raise SaisieRefusee("", "Seule la personne qui a fait ce geste peut l'annuler.")
    if dernier.geste != ROUVRIR and a - dernier.fait_le > timedelta(minutes=regles.annulation_minutes):
        raise SaisieRefusee("", "Ce geste date de plus de quinze minutes : il ne s'annule plus.")
    if not GesteDeDemarche.objects.filter(pk=dernier.pk, annule_le=None).update(annule_le=a):
        raise SaisieRefusee("", ENTRE_TEMPS)
    fait_avec = d.decision
    _poser(d, _relire(dernier.avant), a)
    _fait(d, dernier.geste, role, dernier.fait_le, decision=fait_avec, annule=True)
    _tracer("annuler_un_geste", d, role, a)
    return dernier.geste


@transaction.atomic
def reprendre(demarche_id: int, *, role: Role, a: datetime) -> None:
    """Follow a démarche oneself from now on.

    Raises:
        Demarche.DoesNotExist: not visible to this role.
    """
    d = _tenir(demarche_id, role, a)
    Demarche.objects.filter(pk=d.pk).update(suivie_par_id=role.compte_id)
    _tracer("reprendre_une_demarche", d, role, a)


@transaction.atomic
def prevenir(demarche_id: int, *, role: Role, a: datetime) -> None:
    """Note that the person was told that her request went to another service (CRPA, L.114-2).

    Raises:
        Demarche.DoesNotExist: not visible to this role.
    """
    d = _tenir(demarche_id, role, a)
    Demarche.objects.filter(pk=d.pk, competente_le__isnull=False).update(prevenue=True)
    _tracer("prevenir_la_personne", d, role, a)


@transaction.atomic
def rattacher(demarche_id: int, personne_id: int, *, role: Role, a: datetime) -> None:
    """Attach an anonymous démarche to a person's file, only at her request (T5).

    Raises:
        SaisieRefusee: it already belongs to somebody.
        Demarche.DoesNotExist, Personne.DoesNotExist: not visible to this role.
    """
    d = _tenir(demarche_id, role, a)
    personne = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    if not Demarche.objects.filter(pk=d.pk, personne=None).update(personne=personne, modifiee_le=a):
        raise SaisieRefusee("", "Cette démarche est déjà rattachée à une personne.")
    _tracer("rattacher_une_demarche", d, role, a)


def dossier_de(d: Demarche) -> Dossier:
    """Return a row as the rules see it."""
    return Dossier(**{c: getattr(d, c) for c in COLONNES})


def _relire(avant: dict[str, Any]) -> Dossier:
    jours = {f.name for f in fields(Dossier) if "date" in str(f.type)}
    valeurs: dict[str, Any] = {c: date.fromisoformat(v) if c in jours and v else v for c, v in avant.items()}
    return Dossier(**valeurs)


def _tenir(demarche_id: int, role: Role, a: datetime) -> Demarche:
    return Demarche.objects.select_for_update(of=("self",)).get(demarches_visibles(role, a), pk=demarche_id)


def _poser(d: Demarche, dossier: Dossier, a: datetime) -> None:
    """Write a démarche after a gesture, unless it moved meanwhile."""
    suivante = echeance(dossier)
    colonnes = asdict(dossier) | {
        "echeance": suivante.jour if suivante else None, "echeance_genre": suivante.genre.value if suivante else "",
        "version": d.version + 1, "modifiee_le": a,
    }  # fmt: skip
    if not Demarche.objects.filter(pk=d.pk, version=d.version, etat=d.etat).update(**colonnes):
        raise SaisieRefusee("", ENTRE_TEMPS)
    for colonne, valeur in colonnes.items():
        setattr(d, colonne, valeur)


def _nets(personne: Personne | None, textes: dict[str, str]) -> dict[str, str]:
    nets = {champ: propre(texte)[: LONGUEURS[champ]] for champ, texte in textes.items()}
    refuser_le_nir(nets)
    if personne is not None:
        refuser_ce_qui_est_protege(personne, nets)
    return nets


def _fait(d: Demarche, geste: str, role: Role, a: datetime, *, decision: str = "", annule: bool = False) -> None:
    procedure = "" if PROCEDURES[d.procedure].tue else d.procedure
    noter_faits(
        [("DEMARCHE", {"procedure": procedure, "geste": geste.upper(), "decision": decision})],
        structure_id=role.structure_id, departement=role.departement, a=a, annule=annule,
    )  # fmt: skip


def _tracer(action: str, d: Demarche, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action=action,
        objet="DEMARCHE", objet_id=d.pk, a=a,
    )  # fmt: skip

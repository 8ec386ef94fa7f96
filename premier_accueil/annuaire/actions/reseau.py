"""Say who coordinates what; what ends is dated, never erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Droit, peut
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.modifier import FicheRefusee
from premier_accueil.annuaire.actions.relais import declarer_un_secteur
from premier_accueil.annuaire.models import ReferentDeTerritoire, ReferentThematique, Secteur, TeteDeReseau
from premier_accueil.annuaire.regles import Diffusion
from premier_accueil.annuaire.regles.missions import MissionDeTerritoire
from premier_accueil.annuaire.regles.recherche import themes
from premier_accueil.socle.horloge import jour_local
from premier_accueil.territoire.models import Commune

PAS_A_VOUS = "Cette page est tenue par la coordination du département."


@dataclass(frozen=True)
class Nomme:
    """A named professional, as typed and already cleaned."""

    structure_id: int
    nom: str
    fonction: str = ""
    telephone: str = ""
    courriel: str = ""
    diffusion: Diffusion = Diffusion.RESEAU


def _tenir(role: Role) -> None:
    if not peut(role.fonction, Droit.TENIR_L_ANNUAIRE):
        raise FicheRefusee({"": PAS_A_VOUS})


def _du_departement(structure_id: int, role: Role) -> Structure:
    structure = Structure.objects.filter(pk=structure_id, departement=role.departement).first()
    if structure is None:
        raise FicheRefusee({"structure": "Choisissez une structure de votre département."})
    return structure


@transaction.atomic
def nommer_une_tete(
    theme: str, structure_id: int, *, du: date, source: str, role: Role, a: datetime
) -> TeteDeReseau:
    """Name the structure that coordinates a theme from a day on; the one before ends the day before.

    Args:
        theme: a thématique or a family.
        source: the decision and its date.

    Raises:
        FicheRefusee: not the coordination, unknown theme or structure, or a day before the present head's own.
    """
    _tenir(role)
    if theme not in themes():
        raise FicheRefusee({"theme": "Ce thème n'existe pas dans la liste."})
    structure = _du_departement(structure_id, role)
    actuelle = (
        TeteDeReseau.objects.select_for_update().filter(departement=role.departement, theme=theme, au=None).first()
    )
    if actuelle and actuelle.structure_id == structure.pk:
        return actuelle  # the same, said twice
    if actuelle and du <= actuelle.du:
        depuis = f"{actuelle.du:%d/%m/%Y}"
        raise FicheRefusee({"du": f"La tête de réseau actuelle l'est depuis le {depuis} : choisissez un jour après."})
    if actuelle:
        TeteDeReseau.objects.filter(pk=actuelle.pk).update(au=du - timedelta(days=1))
    try:
        with transaction.atomic():
            return TeteDeReseau.objects.create(
                structure=structure, departement=role.departement, theme=theme, du=du, source=source
            )
    except IntegrityError:
        dit = "Quelqu'un vient de nommer une tête de réseau pour ce thème. Regardez, puis recommencez."
        raise FicheRefusee({"": dit}) from None


@transaction.atomic
def finir_une_tete(tete_id: int, *, role: Role, a: datetime) -> None:
    """Say that a structure coordinates a theme no more, from tomorrow; the theme shows as held by nobody.

    Raises:
        FicheRefusee: not the coordination, or unknown here.
    """
    _tenir(role)
    _finir(TeteDeReseau, tete_id, role, a)


def _finir(
    modele: type[TeteDeReseau | ReferentThematique | ReferentDeTerritoire], pk: int, role: Role, a: datetime
) -> None:
    jour = jour_local(a)
    tenus = modele._default_manager.filter(pk=pk, departement=role.departement, au=None)
    if tenus.filter(du__lte=jour).update(au=jour) or tenus.delete()[0]:  # not begun yet: it never was
        return
    if not modele._default_manager.filter(pk=pk, departement=role.departement).exists():
        raise FicheRefusee({"": "Cette ligne n'existe pas dans votre département."})


@transaction.atomic
def nommer_un_referent_thematique(
    qui: Nomme, sur: Collection[str], *, role: Role, a: datetime
) -> ReferentThematique:
    """Name the person whom the network calls about some themes.

    Raises:
        FicheRefusee: not the coordination, no theme, unknown theme or structure, or no way to reach them.
    """
    _tenir(role)
    if not sur or set(sur) - themes().keys():
        raise FicheRefusee({"themes": "Choisissez au moins un thème de la liste."})
    referent, _ = ReferentThematique.objects.get_or_create(
        structure=_joignable(qui, role), departement=role.departement, nom=qui.nom, au=None,
        themes=[t for t in themes() if t in set(sur)], defaults=_comment(qui, a),
    )  # fmt: skip
    return referent


@transaction.atomic
def nommer_un_referent_de_territoire(
    qui: Nomme,
    territoire: str,
    communes: Collection[str],
    missions: Collection[MissionDeTerritoire],
    *,
    role: Role,
    a: datetime,
) -> ReferentDeTerritoire:
    """Name the person who links the actors of a territory (S3).

    Args:
        communes: INSEE codes, in force.

    Raises:
        FicheRefusee: not the coordination, no territory, unknown commune or structure, or no way to reach them.
    """
    _tenir(role)
    if not territoire or not communes:
        raise FicheRefusee({"communes": "Dites le nom du territoire et au moins une commune."})
    connues = set(Commune.objects.filter(genre=Commune.Genre.COM, code__in=communes).values_list("code", flat=True))
    if set(communes) - connues:
        raise FicheRefusee({"communes": "Une de ces communes n'est pas connue."})
    referent, _ = ReferentDeTerritoire.objects.get_or_create(
        structure=_joignable(qui, role), departement=role.departement, nom=qui.nom, territoire=territoire, au=None,
        defaults=_comment(qui, a)
        | {"communes": sorted(connues), "missions": [m.value for m in MissionDeTerritoire if m in set(missions)]},
    )  # fmt: skip
    return referent


def _joignable(qui: Nomme, role: Role) -> Structure:
    if not (qui.telephone or qui.courriel):
        raise FicheRefusee({"telephone": "Donnez un téléphone ou un courriel : sinon personne ne peut l'appeler."})
    return _du_departement(qui.structure_id, role)


def _comment(qui: Nomme, a: datetime) -> dict[str, object]:
    return {
        "fonction": qui.fonction, "telephone": qui.telephone, "courriel": qui.courriel,
        "diffusion": qui.diffusion.value, "du": jour_local(a),
    }  # fmt: skip


@transaction.atomic
def finir_un_referent(referent_id: int, *, de_territoire: bool, role: Role, a: datetime) -> None:
    """Say that somebody is referent no more, from tomorrow.

    Raises:
        FicheRefusee: not the coordination, or unknown here.
    """
    _tenir(role)
    _finir(ReferentDeTerritoire if de_territoire else ReferentThematique, referent_id, role, a)


@transaction.atomic
def changer_un_secteur(
    structure_id: int, commune_id: int, *, voie: str, du: date, source: str, role: Role, a: datetime
) -> Secteur:
    """Say which structure is competent for a commune or a street from a day on; what held before stays readable.

    Raises:
        FicheRefusee: not the coordination, unknown structure, or a day before the present sector's own.
    """
    _tenir(role)
    structure = _du_departement(structure_id, role)
    secteur = declarer_un_secteur(structure.pk, commune_id, voie=voie, du=du, source=source)
    apres = Secteur.objects.filter(commune_id=commune_id, cle_de_voie=secteur.cle_de_voie, au=None)
    if apres.exclude(pk=secteur.pk).filter(du__gte=du).exclude(structure=structure).exists():
        raise FicheRefusee({"du": "Une autre structure y est déjà compétente à partir d'un jour égal ou plus récent."})
    return secteur


@transaction.atomic
def finir_un_secteur(secteur_id: int, *, role: Role, a: datetime) -> None:
    """End a sector tonight; first welcome is never refused by sector (S4), so nothing closes.

    Raises:
        FicheRefusee: not the coordination, or unknown here.
    """
    _tenir(role)
    jour = jour_local(a)
    tenus = Secteur.objects.filter(pk=secteur_id, structure__departement=role.departement)
    if tenus.filter(au=None, du__lte=jour).update(au=jour) or tenus.filter(au=None, du__gt=jour).delete()[0]:
        return
    if not tenus.exists():
        raise FicheRefusee({"": "Ce secteur n'existe pas dans votre département."})

"""The register of communications: as the person prints it, and as the data protection officer reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.models import Attestation, LigneDeRegistre
from premier_accueil.partage.regles import table_de_partage
from premier_accueil.partage.requetes.fondements import AttestationVue, dire_les_attestations
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.journal import Geste, noter

PAR_PAGE = 15


@dataclass(frozen=True)
class LigneVue:
    """A line of the person's register: structure, role, date, what, why, on which basis."""

    a: datetime
    geste: str
    structure: str
    role: str
    elements: tuple[str, ...]
    but: str
    base: str


@dataclass(frozen=True)
class RegistreVu:
    """What a person may print of who knows what.

    Attributes:
        retenues: lines that she does not read yet: somebody attested why she was not told.
    """

    lignes: tuple[LigneVue, ...]
    retenues: int


@dataclass(frozen=True)
class LigneDuDelegue:
    """A line of the register for the officer: the person by her number only, and what was attested."""

    ligne: LigneVue
    par: str
    personne_id: int
    attestation: AttestationVue | None


def registre_de(personne_id: int, role: Role, a: datetime) -> RegistreVu:
    """Return who knows what of a person, from the register, the latest first; merged files included; journaled.

    A line made without her agreement is there as soon as she was told of it, not before (CASF L.226-2-2).

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    Personne.objects.only("pk").filter(personnes_visibles(role, a)).get(pk=personne_id)
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.EXPORT, action="registre_de",
        objet="PERSONNE", objet_id=personne_id, a=a,
    )  # fmt: skip
    dossiers = Personne.objects.filter(Q(pk=personne_id) | Q(fusionnee_dans=personne_id)).values("pk")
    lignes = list(
        LigneDeRegistre.objects.filter(structure_id=role.structure_id, personne_id__in=dossiers).order_by("-a", "-pk")
    )
    tues = set(
        Attestation.objects.filter(structure_id=role.structure_id, personne_id__in=dossiers, informee_le=None)
        .values_list("pk", flat=True)
    )  # fmt: skip
    dites = [ligne for ligne in lignes if ligne.attestation_id not in tues]
    return RegistreVu(tuple(map(_dire, dites)), len(lignes) - len(dites))


def registre_du_delegue(role: Role, a: datetime, page: int = 1) -> tuple[tuple[LigneDuDelegue, ...], bool]:
    """Return one page of the register of the role's structure, the latest first; journaled.

    Returns:
        (lines, whether there are older ones).
    """
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="registre_du_delegue",
        objet="REGISTRE_DES_COMMUNICATIONS", objet_id=None, a=a,
    )  # fmt: skip
    debut = (page - 1) * PAR_PAGE
    siennes = LigneDeRegistre.objects.filter(structure_id=role.structure_id).order_by("-mois", "-rang")
    lues = list(siennes[debut : debut + PAR_PAGE + 1])
    attestees = Attestation.objects.filter(structure_id=role.structure_id).filter(
        Q(pk__in=[x.attestation_id for x in lues if x.attestation_id])
        | Q(accord_id__in=[x.accord_id for x in lues if x.accord_id])
    )  # fmt: skip
    par_cle = {}
    brutes = list(attestees.select_related("destinataire", "attestee_par").order_by("pk"))
    for brute, vue in zip(brutes, dire_les_attestations(brutes), strict=True):
        par_cle[brute.accord_id, None if brute.accord_id else brute.pk] = vue
    noms = dict(Compte.objects.filter(pk__in={x.compte_id for x in lues}).values_list("pk", "nom"))
    vues = tuple(
        LigneDuDelegue(
            _dire(x), noms.get(x.compte_id, ""), x.personne_id, par_cle.get((x.accord_id, x.attestation_id))
        )
        for x in lues[:PAR_PAGE]
    )  # fmt: skip
    return vues, len(lues) > PAR_PAGE


def libelles(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the French words of items, in the order of the table; an unknown code speaks for itself."""
    codes, elements = set(codes), table_de_partage().elements
    return (*(e.libelle for e in elements.values() if e.code in codes), *sorted(codes - elements.keys()))


def _dire(ligne: LigneDeRegistre) -> LigneVue:
    table = table_de_partage()
    return LigneVue(
        ligne.a, ligne.get_geste_display(), ligne.destinataire, Fonction(ligne.fonction).libelle,
        libelles(ligne.elements), table.buts[ligne.but].libelle if ligne.but in table.buts else ligne.but,
        table.bases[ligne.base].article if ligne.base in table.bases else ligne.base,
    )  # fmt: skip

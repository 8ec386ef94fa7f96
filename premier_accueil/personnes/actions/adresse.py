"""The protected address: put apart on the person's word, read on one screen, lifted on her word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.actions.commun import SaisieRefusee, refuser_le_nir, tenir, tracer
from premier_accueil.personnes.models import AdresseProtegee, MembreDuFoyer, Personne, RegleDeContact
from premier_accueil.socle.journal import Geste
from premier_accueil.socle.texte import cle, propre
from premier_accueil.territoire.models import Commune

SA_PAROLE = "Cochez que la personne le demande elle-même : c'est sa parole qui protège, et sa parole qui lève."


@dataclass(frozen=True)
class AdresseRevelee:
    """What the reveal screen shows, once."""

    adresse: str
    telephone: str
    procedure: str


@dataclass(frozen=True)
class Protection:
    """What protecting an address did.

    Attributes:
        gardee: whether the address is kept apart, or erased because no procedure needs it.
        avec_elle: how many people of her household had the same address, protected with hers.
    """

    gardee: bool
    avec_elle: int


@transaction.atomic
def proteger_l_adresse(
    personne_id: int, *, elle_le_dit: bool, procedure: str, role: Role, a: datetime, adresse: str = "",
    telephone: str = "",
) -> Protection:  # fmt: skip
    """Put the address and the telephone of a person out of every screen, on her word alone.

    Whoever lives with her at the same address is protected with her, or their file would tell it.

    Args:
        personne_id: her key.
        elle_le_dit: she says so; nothing else is asked, no paper.
        procedure: what needs her address; empty, it is erased and not kept at all.
        role: who notes it.
        a: when.
        adresse: a new one to keep apart instead of the one in the file.
        telephone: likewise.

    Raises:
        SaisieRefusee: she did not say so.
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a, en_entier=True)
    if not elle_le_dit:
        raise SaisieRefusee("elle_le_dit", SA_PAROLE)
    procedure, adresse, telephone = propre(procedure), propre(adresse), propre(telephone)
    refuser_le_nir({"procedure": procedure, "adresse": adresse, "telephone": telephone})
    if (adresse or telephone) and not procedure:
        raise SaisieRefusee("procedure", "Dites quelle procédure en a besoin, ou n'écrivez pas l'adresse.")
    memes = _a_la_meme_adresse(p)
    gardee = _proteger(p, adresse, telephone, procedure, role, a)
    for autre in memes:
        _proteger(autre, "", "", procedure, role, a)
    return Protection(gardee, len(memes))


@transaction.atomic
def lever_la_protection(personne_id: int, *, elle_le_dit: bool, role: Role, a: datetime) -> None:
    """Give back to the file the address that was kept apart, on the person's word only.

    Raises:
        SaisieRefusee: she did not say so.
        Personne.DoesNotExist: not visible to this role, or opened exceptionally.
    """
    p = tenir(personne_id, role, a, en_entier=True)
    if not elle_le_dit:
        raise SaisieRefusee("elle_le_dit", SA_PAROLE)
    gardee = AdresseProtegee.objects.filter(personne=p).first()
    p.adresse_protegee = False
    p.adresse, p.telephone = (gardee.adresse[:300], gardee.telephone) if gardee else ("", "")
    p.version += 1
    p.save()
    if gardee:
        gardee.delete()
    tracer("lever_la_protection", role, a, p.pk)


@transaction.atomic
def reveler_l_adresse(personne_id: int, *, role: Role, a: datetime) -> AdresseRevelee | None:
    """Read a protected address: nothing else in the product does. The line in the journal comes first.

    Raises:
        Personne.DoesNotExist: not visible to this role, or opened exceptionally.
    """
    p = tenir(personne_id, role, a, en_entier=True)
    tracer("reveler_l_adresse", role, a, p.pk, geste=Geste.LECTURE)
    gardee = AdresseProtegee.objects.filter(personne=p).first()
    return AdresseRevelee(gardee.adresse, gardee.telephone, gardee.procedure) if gardee else None


def garder_a_part(p: Personne, *, adresse: str, telephone: str, procedure: str, role: Role, a: datetime) -> bool:
    """Keep an address and a number in the protected table if a procedure needs them, else keep none; tell which."""
    procedure = propre(procedure)[:200]
    if not procedure or not (adresse or telephone):
        AdresseProtegee.objects.filter(personne=p).delete()
        return False
    AdresseProtegee.objects.update_or_create(
        personne=p,
        defaults={
            "structure_id": p.structure_id, "adresse": adresse[:500], "telephone": telephone[:40],
            "procedure": procedure, "posee_par_id": role.compte_id, "posee_le": a,
        },
    )  # fmt: skip
    return True


def adresse_entiere(adresse: str, commune_id: int | None) -> str:
    """Return an address with the name of its commune, which is protected with it."""
    commune = Commune.objects.filter(pk=commune_id).values_list("nom", flat=True).first() if commune_id else None
    return ", ".join(filter(None, [adresse, commune]))


def meme_numero(un: str, autre: str) -> bool:
    """Tell whether two telephone numbers are the same, however they are written."""
    court = ["".join(c for c in n if c.isdigit())[-9:] for n in (un, autre)]
    return bool(court[0]) and court[0] == court[1]


def _proteger(p: Personne, adresse: str, telephone: str, procedure: str, role: Role, a: datetime) -> bool:
    deja = AdresseProtegee.objects.filter(personne=p).first()
    ancienne, ancien = (deja.adresse, deja.telephone) if deja else ("", "")
    adresses = [adresse, p.adresse, ancienne]
    adresse = adresse or adresse_entiere(p.adresse, p.commune_id) or ancienne
    telephones = [telephone, p.telephone, ancien]
    telephone = telephone or p.telephone or ancien
    p.adresse, p.telephone, p.commune, p.adresse_protegee = "", "", None, True
    p.version += 1
    p.save()
    gardee = garder_a_part(p, adresse=adresse, telephone=telephone, procedure=procedure, role=role, a=a)
    _nettoyer_la_regle(p, adresses, telephones)
    tracer("proteger_l_adresse", role, a, p.pk)
    return gardee


def _nettoyer_la_regle(p: Personne, adresses: list[str], telephones: list[str]) -> None:
    """Take the protected number and address out of the contact rule, which everybody reads."""
    regle = RegleDeContact.objects.filter(personne=p).first()
    if regle is None:
        return
    if any(meme_numero(regle.numero, t) for t in telephones):
        regle.numero = ""
    if any(cle(adresse) and cle(adresse) in cle(regle.precisions) for adresse in adresses):
        regle.precisions = ""
    regle.save()


def _a_la_meme_adresse(p: Personne) -> list[Personne]:
    if not cle(p.adresse):
        return []
    foyer = MembreDuFoyer.objects.filter(personne=p).values("foyer_id")
    autres = Personne.objects.select_for_update().filter(place_au_foyer__foyer_id__in=foyer, adresse_protegee=False)
    return [q for q in autres.exclude(pk=p.pk).order_by("pk") if cle(q.adresse) == cle(p.adresse)]

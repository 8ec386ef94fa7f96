"""Who lives with the person, and her legal protection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.actions.commun import SaisieRefusee, refuser_le_nir, tenir, tracer
from premier_accueil.personnes.models import Foyer, MembreDuFoyer, MesureDeProtection
from premier_accueil.personnes.regles import MESURES
from premier_accueil.socle.texte import propre


@dataclass(frozen=True)
class Protection:
    """A legal protection as the person or her paper says it."""

    genre: str
    debut: date
    fin: date | None = None
    protecteur: str = ""
    joindre: str = ""


@transaction.atomic
def ajouter_au_foyer(
    personne_id: int, *, avec_id: int, lien: str, role: Role, a: datetime, depuis: date | None = None
) -> None:
    """Say that two persons of the structure live together. A second call changes nothing.

    Args:
        personne_id: whose household.
        avec_id: who lives there too.
        lien: her place in it, in plain words.
        role: who notes it.
        a: when.
        depuis: since when, if it is known.

    Raises:
        SaisieRefusee: the same person, or she already lives in another household.
        Personne.DoesNotExist: one of them is not visible to this role.
    """
    premiere, seconde = sorted((personne_id, avec_id))
    tenues = {cle: tenir(cle, role, a) for cle in (premiere, seconde)}
    lien = propre(lien)
    refuser_le_nir({"lien": lien})
    if premiere == seconde:
        raise SaisieRefusee("avec", "C'est la même personne.")
    place = MembreDuFoyer.objects.filter(personne_id=personne_id).first()
    autre = MembreDuFoyer.objects.filter(personne_id=avec_id).first()
    if autre and (place is None or place.foyer_id != autre.foyer_id):
        raise SaisieRefusee("avec", "Cette personne est notée dans un autre foyer. Retirez-la d'abord de ce foyer.")
    if place is None:
        foyer = Foyer.objects.create(structure_id=role.structure_id, cree_le=a)
        place = MembreDuFoyer.objects.create(
            structure_id=role.structure_id, foyer=foyer, personne=tenues[personne_id]
        )  # fmt: skip
    MembreDuFoyer.objects.get_or_create(
        personne_id=avec_id,
        defaults={"structure_id": role.structure_id, "foyer_id": place.foyer_id, "lien": lien[:60], "depuis": depuis},
    )
    tracer("ajouter_au_foyer", role, a, personne_id)


@transaction.atomic
def retirer_du_foyer(personne_id: int, membre_id: int, *, role: Role, a: datetime) -> None:
    """Say that somebody no longer lives with this person; a household of one is no more.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a)
    foyers = MembreDuFoyer.objects.filter(personne=p).values_list("foyer_id", flat=True)
    for foyer_id in list(foyers):
        MembreDuFoyer.objects.filter(foyer_id=foyer_id, pk=membre_id).delete()
        if MembreDuFoyer.objects.filter(foyer_id=foyer_id).count() < 2:
            Foyer.objects.filter(pk=foyer_id).delete()
    tracer("retirer_du_foyer", role, a, p.pk)


@transaction.atomic
def poser_une_mesure(personne_id: int, mesure: Protection, *, demande_id: UUID, role: Role, a: datetime) -> None:
    """Note a legal protection; the protector becomes no reader, and agreement is still asked of the person.

    Raises:
        SaisieRefusee: a field must be corrected.
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a)
    textes = {"protecteur": propre(mesure.protecteur), "joindre": propre(mesure.joindre)}
    refuser_le_nir(textes)
    if mesure.genre not in dict(MESURES):
        raise SaisieRefusee("genre", "Choisissez la mesure dans la liste.")
    if mesure.fin and mesure.fin < mesure.debut:
        raise SaisieRefusee("fin", "La fin est avant le début. Corrigez l'une des deux dates.")
    MesureDeProtection.objects.get_or_create(
        structure_id=p.structure_id, demande_id=demande_id,
        defaults={"personne": p, "genre": mesure.genre, "debut": mesure.debut, "fin": mesure.fin, **textes},
    )  # fmt: skip
    tracer("poser_une_mesure", role, a, p.pk)


@transaction.atomic
def finir_une_mesure(personne_id: int, mesure_id: int, *, fin: date, role: Role, a: datetime) -> None:
    """Date the end of a legal protection.

    Raises:
        SaisieRefusee: it would end before it began.
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a)
    mesure = MesureDeProtection.objects.filter(pk=mesure_id, personne=p).first()
    if mesure is None:
        raise SaisieRefusee("fin", "Cette mesure n'est plus dans le dossier. Rechargez la page.")
    if fin < mesure.debut:
        raise SaisieRefusee("fin", "La fin est avant le début. Corrigez la date.")
    MesureDeProtection.objects.filter(pk=mesure.pk).update(fin=fin)
    tracer("finir_une_mesure", role, a, p.pk)

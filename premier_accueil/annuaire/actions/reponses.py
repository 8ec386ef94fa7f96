"""What a structure answers by its link, signed with a name and a function: still true, or corrected in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from premier_accueil.annuaire.actions.confirmer import confirmer
from premier_accueil.annuaire.actions.modifier import FicheAChange, FicheRefusee, modifier
from premier_accueil.annuaire.models import LienDeFiche, Revision
from premier_accueil.annuaire.regles.historique import Moyen, Objet, Origine
from premier_accueil.annuaire.requetes.campagnes import invitation, restent_a_confirmer
from premier_accueil.annuaire.requetes.tenue import service_de, structure_de
from premier_accueil.socle.texte import propre


@dataclass(frozen=True)
class Partie:
    """The new values of one object of an entry, with the version that was read."""

    objet: Objet
    objet_id: int
    champs: Mapping[str, object]
    version: str


class SaisiesRefusees(Exception):
    """Some parts cannot be kept; nothing was written. ``phrases``: by object and key, then by field."""

    def __init__(self, phrases: Mapping[tuple[Objet, int], Mapping[str, str]], *, change: bool) -> None:
        super().__init__(" ".join(p for siennes in phrases.values() for p in siennes.values()))
        self.phrases = {cle: dict(siennes) for cle, siennes in phrases.items()}
        self.change = change


def signature(nom: str, fonction: str) -> str:
    """Return a name and a function as they are kept.

    Raises:
        FicheRefusee: one of them is missing.
    """
    dits = {"nom": " ".join(propre(nom).split())[:80], "fonction": " ".join(propre(fonction).split())[:110]}
    if vides := [champ for champ, dit in dits.items() if not dit]:
        raise FicheRefusee(dict.fromkeys(vides, "Signez : votre nom et votre fonction."))
    return f"{dits['nom']}, {dits['fonction']}"


@transaction.atomic
def corriger(
    parties: Iterable[Partie], *, origine: Origine, auteur: int | None, auteur_dit: str, a: datetime
) -> list[Revision]:
    """Write the parts of an entry together: all of them, or none.

    Raises:
        SaisiesRefusees: what each part refuses.
    """
    ecrites: list[Revision] = []
    phrases: dict[tuple[Objet, int], dict[str, str]] = {}
    change = False
    for p in parties:
        try:
            with transaction.atomic():
                ecrites += modifier(
                    p.objet, p.objet_id, p.champs, origine=origine, auteur=auteur, auteur_dit=auteur_dit,
                    version=p.version, a=a,
                )  # fmt: skip
        except FicheRefusee as refus:
            phrases[p.objet, p.objet_id] = refus.phrases
            change = change or isinstance(refus, FicheAChange)
    if phrases:
        raise SaisiesRefusees(phrases, change=change)
    return ecrites


@transaction.atomic
def confirmer_par_le_lien(adresse: str, services: Iterable[int], *, dit: str, a: datetime) -> int:
    """Confirm services by a link.

    Args:
        adresse: secret end of the address.
        dit: ``signature(…)``.

    Returns:
        how many services of the structure remain to be read.

    Raises:
        FicheRefusee: the link no longer opens.
    """
    lien_id, structure_id, depuis = ouvert(adresse, a)
    confirmer(structure_id, services, moyen=Moyen.LIEN, par=None, par_dit=dit, a=a)
    restent = len(list(restent_a_confirmer(structure_id, depuis)))
    LienDeFiche.objects.filter(pk=lien_id, ouvert_le=None).update(ouvert_le=a)
    if not restent:
        LienDeFiche.objects.filter(pk=lien_id).update(repondu_le=a, repondu_dit=dit[:200])
    return restent


@transaction.atomic
def corriger_par_le_lien(adresse: str, service_id: int, parties: Iterable[Partie], *, dit: str, a: datetime) -> int:
    """Correct one service by a link, and confirm it; return how many remain to be read.

    Raises:
        FicheRefusee: the link no longer opens, or speaks of another structure.
        SaisiesRefusees: a value cannot be kept, or the entry moved.
    """
    _, structure_id, _ = ouvert(adresse, a)
    siennes = list(parties)
    for p in siennes:
        ailleurs = structure_de(p.objet, p.objet_id) != structure_id
        if ailleurs or (p.objet is not Objet.SITE and service_de(p.objet, p.objet_id) != service_id):
            raise FicheRefusee({"": "Cette fiche n'est pas celle de votre structure."})
    corriger(siennes, origine=Origine.LIEN, auteur=None, auteur_dit=dit, a=a)
    return confirmer_par_le_lien(adresse, [service_id], dit=dit, a=a)


def ouvert(adresse: str, a: datetime) -> tuple[int, int, datetime]:
    """Return what a link opens: its key, the structure, since when the entries are read again.

    Raises:
        FicheRefusee: it opens nothing, or no longer.
    """
    vue = invitation(adresse, a)
    if vue is None or vue.close:
        raise FicheRefusee({"": vue.close if vue else "Ce lien n'ouvre rien."})
    return vue.lien_id, vue.structure_id, vue.depuis

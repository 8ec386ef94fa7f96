"""What who keeps an entry adds to it or takes out: permanences, contacts, closings; and where a place has moved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.existence import ajouter, retirer
from premier_accueil.annuaire.actions.modifier import FicheRefusee, modifier
from premier_accueil.annuaire.models import Interlocuteur, Permanence, Revision, Site
from premier_accueil.annuaire.regles import Forme
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.regles.saisies import ValeurRefusee, fermetures
from premier_accueil.annuaire.requetes.tenue import structure_de, tient
from premier_accueil.annuaire.requetes.valeurs import valeur_de
from premier_accueil.socle.texte import cle
from premier_accueil.territoire.models import Commune

SANS_LIEU = frozenset({Forme.TELEPHONE.value, Forme.A_DOMICILE.value})
PAS_A_VOUS = "Cette fiche est tenue par une autre structure : proposez-lui une correction."
DEJA_CE_NOM = "Un contact porte déjà ce nom : corrigez-le sur la fiche."


@dataclass(frozen=True)
class Adresse:
    """Where a place stands. Without a point, the middle of its commune stands for it; ``None`` is unknown.

    Attributes:
        latitude, longitude: degrees, as typed; both or none.
    """

    commune_id: int
    adresse: str = ""
    complement: str = ""
    code_postal: str = ""
    nom: str = ""
    latitude: object = None
    longitude: object = None


@transaction.atomic
def ajouter_une_permanence(
    service_id: int, champs: Mapping[str, object], *, lieu: int | Adresse | None, role: Role, a: datetime
) -> Permanence:
    """Add a permanence to a service; an import neither rewrites it nor takes it out. Twice the same is one.

    Args:
        champs: ``regles.champs.CHAMPS[PERMANENCE]``, as typed.
        lieu: key of a known place; an address, whose place is made when nobody stands there; ``None`` without a place.
        role: keeps the service.

    Raises:
        FicheRefusee: not kept by this role, no place where one is needed, or a value that cannot be kept.
    """
    structure_id = _tenue(Objet.SERVICE, service_id, role)
    trace = _trace(role, a)
    if champs.get("forme") in SANS_LIEU:
        lieu = None
    elif lieu is None:
        raise FicheRefusee({"lieu": "Choisissez un lieu, ou écrivez une adresse."})
    site_id = _lieu(lieu, structure_id, trace).pk if isinstance(lieu, Adresse) else lieu
    if site_id is not None and not Site.objects.filter(pk=site_id).exists():
        raise FicheRefusee({"lieu": "Ce lieu n'existe plus dans l'annuaire : choisissez-en un autre."})
    posee = ajouter(Objet.PERMANENCE, {"service_id": service_id, "site_id": site_id}, champs, trace=trace)
    assert isinstance(posee, Permanence)
    return posee


def _lieu(la: Adresse, structure_id: int, trace: Revision) -> Site:
    """Return the place that stands at an address, one's own first, whoever keeps it; make it when nobody does."""
    rue = cle(la.adresse)
    ici = Site.objects.filter(commune=la.commune_id).exclude(adresse="").order_by("pk") if rue else ()
    memes = sorted((s for s in ici if cle(s.adresse) == rue), key=lambda s: s.structure_id != structure_id)
    if memes:
        return memes[0]
    code = Commune.objects.values_list("code", flat=True).get(pk=la.commune_id)
    # The key that an import gives to the same address: it will know this place again.
    source_id = f"{code} {rue or cle(la.nom)}"[:200]
    deja = Site.objects.filter(structure=structure_id, source_id=source_id).first()
    if deja is not None:
        return deja
    champs = _champs(la) | {"nom": la.nom or la.adresse[:200]}
    pose = ajouter(Objet.SITE, {"structure_id": structure_id, "source_id": source_id}, champs, trace=trace)
    assert isinstance(pose, Site)
    return pose


@transaction.atomic
def ajouter_un_contact(service_id: int, champs: Mapping[str, object], *, role: Role, a: datetime) -> Interlocuteur:
    """Add a named contact to a service. Twice the same is one.

    Raises:
        FicheRefusee: not kept by this role, a value that cannot be kept, or a contact of this name is there.
    """
    _tenue(Objet.SERVICE, service_id, role)
    try:
        pose = ajouter(Objet.INTERLOCUTEUR, {"service_id": service_id}, champs, trace=_trace(role, a))
    except FicheRefusee as refus:
        if "" in refus.phrases:
            raise FicheRefusee({"nom": DEJA_CE_NOM}) from None
        raise
    assert isinstance(pose, Interlocuteur)
    return pose


@transaction.atomic
def retirer_de_la_fiche(objet: Objet, objet_id: int, *, role: Role, a: datetime) -> None:
    """Take out a permanence, a contact, or a place where nothing is held; no import brings the first two back.

    A second time changes nothing.

    Raises:
        FicheRefusee: not kept by this role, never there, or still in use.
    """
    _tenue(objet, objet_id, role)
    retirer(objet, objet_id, trace=_trace(role, a))


@transaction.atomic
def fermer_des_jours(
    service_id: int, permanences: Collection[int], periode: tuple[object, object, object], *, role: Role, a: datetime
) -> int:
    """Close permanences of a service over a period; return how many changed.

    Args:
        periode: first day, last day (the first one when empty), reason, as typed.

    Raises:
        FicheRefusee: not kept by this role, no permanence chosen, or dates that cannot be kept.
    """
    _tenue(Objet.SERVICE, service_id, role)
    if not permanences:
        raise FicheRefusee({"permanences": "Choisissez au moins un lieu."})
    try:
        (lue,) = fermetures([periode])
    except ValeurRefusee as refus:
        raise FicheRefusee({"du": str(refus)}) from None
    return _changer_les_jours(service_id, permanences, lue[:2], lue, role, a)


@transaction.atomic
def rouvrir_des_jours(service_id: int, du: str, au: str, *, role: Role, a: datetime) -> int:
    """Take a period of closing out of every permanence of a service; return how many changed.

    Raises:
        FicheRefusee: not kept by this role.
    """
    _tenue(Objet.SERVICE, service_id, role)
    toutes = Permanence.objects.filter(service=service_id).values_list("pk", flat=True)
    return _changer_les_jours(service_id, set(toutes), [du, au], None, role, a)


def _changer_les_jours(
    service_id: int, permanences: Collection[int], jours: list[str], mise: list[str] | None, role: Role, a: datetime
) -> int:
    change = 0
    for p in Permanence.objects.filter(service=service_id, pk__in=permanences).order_by("pk"):
        connues = valeur_de(p, "fermetures")
        assert isinstance(connues, list)
        restent = [f for f in connues if f[:2] != jours]
        ecrites = modifier(
            Objet.PERMANENCE, p.pk, {"fermetures": [*restent, mise] if mise else restent}, origine=Origine.HUMAIN,
            auteur=role.compte_id, auteur_dit=role.structure, a=a,
        )  # fmt: skip
        change += bool(ecrites)
    return change


@transaction.atomic
def deplacer_un_lieu(site_id: int, ou: Adresse, *, role: Role, version: str | None, a: datetime) -> list[Revision]:
    """Write the new address of a place; its point is checked against its commune, as an import does.

    Args:
        version: ``version_de`` as it was read on the form.

    Raises:
        FicheRefusee: not kept by this role, or a value that cannot be kept.
        FicheAChange: the place changed since it was read.
    """
    _tenue(Objet.SITE, site_id, role)
    return modifier(
        Objet.SITE, site_id, _champs(ou), origine=Origine.HUMAIN, auteur=role.compte_id, auteur_dit=role.structure,
        version=version, a=a,
    )  # fmt: skip


def _champs(la: Adresse) -> dict[str, object]:
    return {
        "adresse": la.adresse, "complement": la.complement, "code_postal": la.code_postal,
        "commune_id": la.commune_id, "latitude": la.latitude, "longitude": la.longitude,
    }  # fmt: skip


def _tenue(objet: Objet, objet_id: int, role: Role) -> int:
    structure_id = structure_de(objet, objet_id)
    if structure_id is None and objet in (Objet.PERMANENCE, Objet.INTERLOCUTEUR, Objet.SITE):
        raise FicheRefusee({"": "Cette partie de la fiche n'est plus là."})
    if structure_id is None or not tient(role, structure_id):
        raise FicheRefusee({"": PAS_A_VOUS})
    return structure_id


def _trace(role: Role, a: datetime) -> Revision:
    return Revision(
        origine=Origine.HUMAIN.value, auteur_id=role.compte_id, auteur_dit=role.structure[:200], le=a
    )  # fmt: skip

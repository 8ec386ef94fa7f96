"""Ask each structure, before a committee, to read its entry again: one neutral link each, reminders, an end.

The secret of a link is drawn from the installation's key, so that a reminder carries the same address; the database
knows its fingerprint only.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.modifier import FicheRefusee
from premier_accueil.annuaire.models import Campagne, LienDeFiche
from premier_accueil.annuaire.regles.campagnes import Quoi, date_de_comite_possible, envoi_du
from premier_accueil.annuaire.regles.fraicheur import reglages
from premier_accueil.annuaire.requetes.campagnes import campagnes_tenues, courriel_de, structures_a_demander
from premier_accueil.socle.empreinte import empreinte
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoyer
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.taches import differer

OBJET = "Votre fiche dans l'annuaire"
TACHE = "annuaire.campagnes"
PAR_PASSAGE = 200
"""Messages that leave in one go: the next hour sends the rest."""


@dataclass(frozen=True)
class Demande:
    """What a campaign asks.

    Attributes:
        page: address of the page of a link, ``{}`` where its secret stands.
    """

    comite_le: date
    quoi: Quoi
    territoire: str
    territoire_nom: str
    page: str


@transaction.atomic
def ouvrir_une_campagne(demande: Demande, *, role: Role, a: datetime) -> Campagne:
    """Open a campaign in the role's département: one link a structure; the messages leave by the worker.

    Raises:
        FicheRefusee: the date is not possible, nobody is concerned, or the same campaign is already open.
    """
    jour = jour_local(a)
    if not date_de_comite_possible(demande.comite_le, jour):
        au_plus = reglages().ouverture_au_plus_jours
        raise FicheRefusee({"comite_le": f"La date du comité doit être à venir, dans {au_plus} jours au plus."})
    structures = structures_a_demander(role, demande.quoi, demande.territoire, jour)
    if not structures:
        raise FicheRefusee({"quoi": "Aucune fiche ne correspond : il n'y a personne à qui écrire."})
    try:
        with transaction.atomic():
            campagne = Campagne.objects.create(
                departement=role.departement, comite_le=demande.comite_le, quoi=demande.quoi.value,
                territoire=demande.territoire, territoire_nom=demande.territoire_nom, page=demande.page,
                ouverte_par_id=role.compte_id, ouverte_le=a,
            )  # fmt: skip
    except IntegrityError:
        raise FicheRefusee({"": "Cette campagne est déjà ouverte : la voici dans la liste."}) from None
    fin = demande.comite_le + timedelta(days=reglages().jours_apres_le_comite)
    expire_le = timezone.make_aware(datetime.combine(fin, time.max))
    liens = LienDeFiche.objects.bulk_create(
        LienDeFiche(
            campagne=campagne, structure_id=cle, condense=f"{campagne.pk}-{cle}", cree_le=a, expire_le=expire_le
        )
        for cle in structures
    )
    for lien in liens:
        lien.condense = empreinte(secret_de(lien))
    LienDeFiche.objects.bulk_update(liens, ["condense"], batch_size=500)
    differer(TACHE)
    return campagne


def secret_de(lien: LienDeFiche) -> str:
    """Return the secret end of a link's address: 256 bits that only this installation can draw."""
    signe = salted_hmac("annuaire.lien_de_fiche", f"{lien.pk}:{lien.tour}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(signe).decode().rstrip("=")


def envoyer_les_liens(*, a: datetime) -> int:
    """Send the messages that are due, first ones and reminders; return how many left.

    Each message is counted in its own transaction before it leaves: nobody is written to twice.
    """
    partis = 0
    dus = LienDeFiche.objects.filter(
        campagne__fermee_le=None, revoque_le=None, repondu_le=None, expire_le__gt=a, mene_a=None
    ).select_related("campagne", "structure")
    for lien in dus.order_by("envois", "pk"):
        if partis >= PAR_PASSAGE:
            break
        if envoi_du(lien.envois, lien.envoye_le, a):
            partis += _envoyer(lien, a)
    return partis


@transaction.atomic
def relancer(lien_id: int, *, role: Role, a: datetime) -> None:
    """Send the message of one link again, now.

    Raises:
        LienDeFiche.DoesNotExist: none of this role's campaigns.
        FicheRefusee: it is over or stopped, or no address is known.
    """
    lien = _tenu(lien_id, role)
    if not vivant(lien, a):
        raise FicheRefusee({"": "Ce lien est arrêté ou terminé : faites-en un autre, puis envoyez-le."})
    if not _envoyer(lien, a):
        raise FicheRefusee({"": "Aucune adresse de courriel connue : copiez le lien, ou appelez la structure."})


def adresse_du_lien(lien_id: int, *, role: Role) -> str:
    """Return the whole address of a link as it is, to give by hand where no e-mail is known.

    Raises:
        LienDeFiche.DoesNotExist: none of this role's campaigns.
        FicheRefusee: it is stopped.
    """
    campagnes = Campagne.objects.filter(campagnes_tenues(role))
    lien = LienDeFiche.objects.select_related("campagne").get(pk=lien_id, campagne__in=campagnes)
    if lien.revoque_le is not None:
        raise FicheRefusee({"": "Ce lien est arrêté : refaites-le, puis donnez-le."})
    return lien.campagne.page.replace("{}", secret_de(lien))


@transaction.atomic
def refaire_le_lien(lien_id: int, *, role: Role, a: datetime) -> str:
    """Make another address for a structure; the one before stops. Return the whole address, to copy.

    Raises:
        LienDeFiche.DoesNotExist: none of this role's campaigns.
        FicheRefusee: the campaign is over.
    """
    lien = _tenu(lien_id, role)
    if lien.campagne.fermee_le is not None or lien.expire_le <= a:
        raise FicheRefusee({"": "Cette campagne est terminée : ouvrez-en une autre."})
    lien.tour += 1
    lien.condense = empreinte(secret_de(lien))
    lien.revoque_le = None
    lien.save(update_fields=["tour", "condense", "revoque_le"])
    return lien.campagne.page.replace("{}", secret_de(lien))


@transaction.atomic
def revoquer_le_lien_de_fiche(lien_id: int, *, role: Role, a: datetime) -> None:
    """Stop a link.

    Raises:
        LienDeFiche.DoesNotExist: none of this role's campaigns.
    """
    lien = _tenu(lien_id, role)
    LienDeFiche.objects.filter(pk=lien.pk, revoque_le=None).update(revoque_le=a)


@transaction.atomic
def fermer_la_campagne(campagne_id: int, *, role: Role, a: datetime) -> None:
    """End a campaign: its links say so, no reminder leaves.

    Raises:
        Campagne.DoesNotExist: not of this role's département.
    """
    campagne = Campagne.objects.get(campagnes_tenues(role), pk=campagne_id)
    Campagne.objects.filter(pk=campagne.pk, fermee_le=None).update(fermee_le=a)


def vivant(lien: LienDeFiche, a: datetime) -> bool:
    """Tell whether a link still opens its page."""
    return lien.revoque_le is None and lien.campagne.fermee_le is None and a < lien.expire_le


def _tenu(lien_id: int, role: Role) -> LienDeFiche:
    campagnes = Campagne.objects.filter(campagnes_tenues(role))
    liens = LienDeFiche.objects.select_related("campagne", "structure").select_for_update(of=("self",))
    return liens.get(pk=lien_id, campagne__in=campagnes)


def _envoyer(lien: LienDeFiche, a: datetime) -> bool:
    vers = courriel_de(lien.structure_id)
    if not vers:
        return False
    secret = secret_de(lien)
    texte = (
        f"Bonjour,\n\nVoici votre fiche dans l'annuaire : {lien.campagne.page.replace('{}', secret)}\n\n"
        "Une minute suffit : « Rien n'a changé », ou corrigez. Sans compte, sur un téléphone aussi.\n"
        f"Le lien s'ouvre jusqu'au {jour_local(lien.expire_le):%d/%m/%Y}. Merci."
    )
    with transaction.atomic():
        compte = LienDeFiche.objects.filter(pk=lien.pk, envois=lien.envois, revoque_le=None).update(
            envois=lien.envois + 1, envoye_le=a, condense=empreinte(secret)
        )
        if not compte:
            return False
        with suppress(EnvoiImpossible):
            envoyer(Message(Canal.COURRIEL, vers, texte, OBJET))
            return True
    return False



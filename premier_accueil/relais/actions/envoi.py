"""Propose a relay: appointment, agreement, communication, state, link and trace, or nothing at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Besoin, Passage
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role, convention_entre
from premier_accueil.agenda import actions as agenda
from premier_accueil.agenda.models import PlageDAgenda
from premier_accueil.agenda.regles import ModeDeRappel
from premier_accueil.entretien.models import Demarche
from premier_accueil.partage.actions import Recueil, communiquer, recueillir_un_accord
from premier_accueil.partage.models import Communication
from premier_accueil.partage.requetes import Souhait, courriels_du_destinataire
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.relais.acces import relais_envoyes
from premier_accueil.relais.actions.commun import SaisieRefusee, auteur_de, bouger, liberer_le_creneau, tracer
from premier_accueil.relais.actions.liens import Lien, ouvrir_un_lien
from premier_accueil.relais.models import AVANT, BrouillonDeRelais, Relais
from premier_accueil.relais.regles import EtatDeRelais, GenreDeRelais, Mode, echeance
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoyer
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import propre

OBJET = "Premier Accueil : un relais vous attend"


class BrouillonChange(SaisieRefusee):
    """A colleague kept the same draft meanwhile: theirs stands, what was typed stays on the screen.

    Attributes:
        relais_id, version: what is kept now.
    """

    def __init__(self, relais_id: int, version: int, qui: str) -> None:
        super().__init__(
            "version",
            f"{qui} a gardé ce brouillon entre-temps. Votre saisie est ici, la sienne n'est pas effacée : lisez-la, "
            "puis choisissez de nouveau « Garder » ou « Envoyer » pour que la vôtre la remplace.",
        )
        self.relais_id, self.version = relais_id, version


@dataclass(frozen=True)
class RendezVousVoulu:
    """The appointment given with the relay.

    Attributes:
        plage_id, debut: the slot of the recipient's agenda (``CRENEAU``).
        quand, lieu, repondu_par: what was said on the telephone (``TELEPHONE``, S4); ``quand`` aware.
        rappel: how she wants to be reminded (``CRENEAU``).
        joindre: number or address for it, when the recipient may know it.
    """

    mode: Mode = Mode.A_PROPOSER
    plage_id: int | None = None
    debut: datetime | None = None
    quand: datetime | None = None
    lieu: str = ""
    repondu_par: str = ""
    rappel: ModeDeRappel = ModeDeRappel.AUCUN
    joindre: str = ""


@dataclass(frozen=True)
class DemandeDeRelais:
    """Everything the one screen says.

    Attributes:
        demande_id: drawn by the page: a double click sends once.
        souhait: what would be told, to whom, for what.
        recueil: how the person said yes.
        lien: the recipient has no account: make a link and its code.
        suite_de: the relay that this one takes over.
        version: of the draft that was read, when there was one.
    """

    demande_id: UUID
    souhait: Souhait
    recueil: Recueil
    rendez_vous: RendezVousVoulu = RendezVousVoulu()
    genre: GenreDeRelais = GenreDeRelais.RELAIS
    passage_id: int | None = None
    besoin_id: int | None = None
    demarche_id: int | None = None
    lien: bool = False
    suite_de: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class Propose:
    """What was sent; ``lien`` is shown once, and ``deja`` when a first click had done it."""

    relais_id: int
    lien: Lien | None
    deja: bool


@transaction.atomic
def proposer(demande: DemandeDeRelais, *, liste: str = "", role: Role, a: datetime) -> Propose:
    """Send a relay: slot taken, agreement recorded, copy sent, recipient told — one transaction, or nothing.

    Args:
        liste: address where a recipient with an account reads its relays; empty leaves it out of the e-mail.

    Raises:
        PartageRefuse: the agreement does not hold, or nothing may leave.
        BrouillonChange: a colleague kept this draft meanwhile.
        CreneauPris: somebody took the slot meanwhile; carries the next ones. Nothing was sent.
        SaisieRefusee, agenda.DemandeRefusee: something must be corrected.
        Personne.DoesNotExist, Structure.DoesNotExist, Besoin.DoesNotExist, Passage.DoesNotExist: not visible here.
    """
    relais = _ouvrir(demande, role, a)
    if relais.etat not in AVANT:
        return Propose(relais.pk, None, deja=True)
    _refuser_si_change(relais, demande.version)
    auteur = auteur_de(relais, role)
    accord = recueillir_un_accord(demande.souhait, demande.recueil, role=role, a=a)
    if relais.etat == EtatDeRelais.BROUILLON:
        relais = bouger(relais, "recueillir_l_accord", auteur, a, accord_id=accord.pk)
    envoi = communiquer(accord.pk, demande.souhait.textes, lien=False, role=role, a=a)
    champs = _rendez_vous(demande, envoi.communication_id, role, a)
    relais = bouger(
        relais, "envoyer", auteur, a, date=champs.get("quand"), communication_id=envoi.communication_id, envoye_le=a,
        **champs,
    )  # fmt: skip
    BrouillonDeRelais.objects.filter(relais_id=relais.pk).delete()
    if demande.suite_de is not None:
        _faire_suite(demande.suite_de, relais, role, a)
    lien = ouvrir_un_lien(relais.pk, role=role, a=a) if demande.lien else None
    if lien is None:
        prevenir(relais, liste, a)
    return Propose(relais.pk, lien, deja=False)


def prevenir(relais: Relais, liste: str, a: datetime) -> None:
    """Tell the recipient, in neutral words, that something waits for it: no name, no reason."""
    texte = "\n".join(filter(None, [
        f"{relais.structure.nom} vous confie un relais. Il se lit après connexion, nulle part ailleurs.", liste,
        f"Téléphone de {relais.structure.nom} : {relais.structure.telephone}" if relais.structure.telephone else "",
    ]))  # fmt: skip
    for adresse in courriels_du_destinataire(relais.destinataire_id, Fonction(relais.fonction), a):
        with suppress(EnvoiImpossible):  # an address badly written in the directory: its list tells it anyway
            envoyer(Message(Canal.COURRIEL, adresse, texte, OBJET))


@transaction.atomic
def garder_le_brouillon(
    demande_id: UUID, personne_id: int, destinataire_id: int, saisie: dict[str, Any], *, version: int | None = None,
    role: Role, a: datetime,
) -> int:  # fmt: skip
    """Keep what was written before the person agreed, in one's own house; return the relay.

    Args:
        saisie: the fields of the page, as they were typed.
        version: of the draft that was read, when there was one.

    Raises:
        BrouillonChange: a colleague kept it meanwhile; nothing is overwritten.
        SaisieRefusee: it was sent meanwhile.
        Personne.DoesNotExist, Structure.DoesNotExist: not visible, or unknown.
    """
    souhait = Souhait(personne_id, "RENDEZ_VOUS", "ACCORD", destinataire_id, Fonction.TRAVAIL_SOCIAL, {}, True, 1)
    vide = Recueil(demande_id, frozenset(), "", frozenset(), demande_a_la_personne=False)
    relais = _ouvrir(DemandeDeRelais(demande_id, souhait, vide), role, a)
    if relais.etat not in AVANT:
        raise SaisieRefusee("demande_id", "Ce relais est déjà parti : rien n'a changé.")
    garde = _refuser_si_change(relais, version)
    champs = {"saisie": saisie, "version": garde + 1, "garde_par_id": role.compte_id}
    BrouillonDeRelais.objects.update_or_create(relais=relais, defaults=champs | {"structure_id": role.structure_id})
    tracer("relais_garder_le_brouillon", relais, auteur_de(relais, role), a)
    return relais.pk


def _refuser_si_change(relais: Relais, version: int | None) -> int:
    """Return the version of the draft, zero before the first; refuse when it is not the one that was read.

    The row of the relay is held: two colleagues keep their draft one after the other.
    """
    garde = BrouillonDeRelais.objects.filter(relais=relais).select_related("garde_par").first()
    if garde is None:
        return 0
    if garde.version != version:
        raise BrouillonChange(relais.pk, garde.version, garde.garde_par.nom if garde.garde_par else "Un collègue")
    return garde.version


def _ouvrir(demande: DemandeDeRelais, role: Role, a: datetime) -> Relais:
    """Return the relay of this request, made now if it is the first click; its row held until the end."""
    souhait = demande.souhait
    tenus = Relais.objects.select_for_update(of=("self",)).select_related("destinataire", "structure")
    deja = tenus.filter(structure_id=role.structure_id, demande_id=demande.demande_id).first()
    if deja is not None and deja.etat not in AVANT:
        return deja
    Personne.objects.values_list("pk").get(personnes_visibles(role, a), pk=souhait.personne_id)
    if souhait.destinataire_id == role.structure_id:
        raise SaisieRefusee("destinataire", "Cette structure est la vôtre : passez plutôt la personne à un collègue.")
    vers = Structure.objects.get(pk=souhait.destinataire_id)
    convention = convention_entre(role.structure_id, vers.pk, jour_local(a))
    champs = {
        "destinataire_id": vers.pk, "fonction": souhait.fonction.value, "genre": demande.genre,
        "personne_id": souhait.personne_id, "but": souhait.but, "suivi_par_id": role.compte_id, "bouge_le": a,
        "reponse_jours": convention.delai_jours if convention else None, **_origines(demande, role, a),
    }  # fmt: skip
    if deja is not None:
        Relais.objects.filter(pk=deja.pk).update(**champs)
        return tenus.get(pk=deja.pk)
    cree, _ = Relais.objects.get_or_create(
        structure_id=role.structure_id, demande_id=demande.demande_id,
        defaults=champs | {
            "auteur_id": role.compte_id, "cree_le": a,
            "echeance": echeance(EtatDeRelais.BROUILLON, a=a, departement=role.departement),
        },
    )  # fmt: skip
    return tenus.get(pk=cree.pk)


def _origines(demande: DemandeDeRelais, role: Role, a: datetime) -> dict[str, Any]:
    """Return what the relay comes from, each of the person's own and of the role's structure."""
    trouves: dict[str, Any] = {}
    siens = {"structure_id": role.structure_id}
    if demande.passage_id is not None:
        trouves["passage_id"] = Passage.objects.values_list("pk", flat=True).get(
            passages_visibles(role), pk=demande.passage_id, personne_id=demande.souhait.personne_id
        )
    if demande.besoin_id is not None:
        besoins = Besoin.objects.filter(passage__personne_id=demande.souhait.personne_id, **siens)
        trouves["besoin_id"] = besoins.values_list("pk", flat=True).get(pk=demande.besoin_id)
    if demande.demarche_id is not None:
        demarches = Demarche.objects.filter(personne_id=demande.souhait.personne_id, **siens)
        trouves["demarche_id"] = demarches.values_list("pk", flat=True).get(pk=demande.demarche_id)
    return trouves


def _rendez_vous(demande: DemandeDeRelais, communication_id: int, role: Role, a: datetime) -> dict[str, Any]:
    """Take the appointment and return the columns that say it. A slot is checked again at commit (T12)."""
    voulu = demande.rendez_vous
    if voulu.mode is Mode.TELEPHONE:
        if voulu.quand is None or voulu.quand <= a:
            raise SaisieRefusee("quand", "Écrivez le jour et l'heure donnés au téléphone.")
        repondu_par = propre(voulu.repondu_par)[:120]
        if not repondu_par:
            raise SaisieRefusee("repondu_par", "Écrivez qui vous a donné cette date, au téléphone.")
        return {
            "mode": voulu.mode, "quand": voulu.quand, "lieu": propre(voulu.lieu)[:200], "repondu_par": repondu_par,
        }  # fmt: skip
    if voulu.mode is Mode.A_PROPOSER or voulu.plage_id is None or voulu.debut is None:
        if voulu.mode is Mode.CRENEAU:
            raise SaisieRefusee("creneau", "Choisissez un créneau, ou « Pas de date ».")
        return {"mode": Mode.A_PROPOSER}
    plage = PlageDAgenda.objects.select_related("site").filter(pk=voulu.plage_id).first()
    if plage is None or plage.structure_id != demande.souhait.destinataire_id:
        raise SaisieRefusee("creneau", "Ce créneau n'est pas de ce service : choisissez-en un autre.")
    nom = _nom_qui_part(communication_id)
    pris = agenda.prendre(
        plage.pk, voulu.debut,
        agenda.Coordonnees(nom, voulu.rappel if nom else ModeDeRappel.AUCUN, voulu.joindre, accord=bool(nom)),
        demande_id=demande.demande_id, role=role, a=a,
    )  # fmt: skip
    lieu = f"{plage.site.nom}, {plage.site.adresse}" if plage.site else plage.get_canal_display()
    return {"mode": voulu.mode, "rendez_vous_id": pris.rendez_vous_id, "quand": voulu.debut, "lieu": lieu[:200]}


def _nom_qui_part(communication_id: int) -> str:
    """Return the name that the agreement let out; without it the slot is taken for nobody in particular."""
    elements = Communication.objects.get(pk=communication_id).elements.filter(code="IDENTITE")
    return elements.values_list("texte", flat=True).first() or ""


def _faire_suite(precedent_id: int, relais: Relais, role: Role, a: datetime) -> None:
    """Close the relay that this one takes over; the person and the need go on with the new one."""
    avant = (
        Relais.objects.select_for_update(of=("self",)).select_related("destinataire", "structure")
        .get(relais_envoyes(role, a), pk=precedent_id, personne_id=relais.personne_id)
    )  # fmt: skip
    bouger(avant, "rebondir", auteur_de(avant, role), a)
    liberer_le_creneau(avant, role, a)
    Relais.objects.filter(pk=relais.pk).update(suite_de_id=avant.pk)

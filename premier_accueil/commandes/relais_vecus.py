"""Live the relays of the example situations, from both sides, each gesture at its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from premier_accueil.acteurs.requetes import Role
from premier_accueil.commandes.situations import ESPACE, jour_ouvre
from premier_accueil.relais.actions import RendezVousVoulu

APRES_L_ENTRETIEN, LEUR_HEURE = timedelta(hours=2), timedelta(hours=4)


@contextmanager
def sans_envoi() -> Iterator[None]:
    """Let nothing of what never happened leave by e-mail or SMS."""
    from django.conf import settings

    avant = settings.ENVOI, settings.EMAIL_HOST
    settings.ENVOI, settings.EMAIL_HOST = f"{__name__}.taire", ""
    try:
        yield
    finally:
        settings.ENVOI, settings.EMAIL_HOST = avant


def taire(_: object) -> None:
    """Deliver nothing."""


def role_du_compte(identifiant: str, a: datetime) -> Role | None:
    """Return whom a ready-made account works as; ``None`` when it is not installed."""
    from premier_accueil.acteurs.models import Compte
    from premier_accueil.acteurs.requetes import role_de

    compte = Compte.objects.filter(identifiant=identifiant).first()
    return role_de(compte, None, a) if compte else None


def structure_d_exemple(source_id: str) -> int | None:
    """Return an example structure; ``None`` when it is not loaded."""
    from premier_accueil.acteurs.models import Structure

    siennes = Structure.objects.filter(source="demonstration", source_id=source_id)
    return siennes.values_list("pk", flat=True).first()


def sectoriser(secteurs: Iterable[Mapping[str, Any]]) -> None:
    """Say which example structure is competent for the communes of an EPCI; the same ones twice change nothing."""
    from premier_accueil.annuaire.actions import declarer_un_secteur
    from premier_accueil.territoire.requetes import communes_de

    for secteur in secteurs:
        structure_id = structure_d_exemple(secteur["structure"])
        for commune in communes_de(secteur["departement"]):
            if structure_id is not None and commune.epci_code == secteur["epci"]:
                declarer_un_secteur(structure_id, commune.id, du=secteur["du"], source=secteur["source"])


@dataclass(frozen=True)
class RelaisVecu:
    """The relay of one situation: sent by a worker, answered by an account or left to the clock.

    Attributes:
        dite: the situation; ``relais`` says what is sent, to whom, and what followed.
    """

    dite: Mapping[str, Any]
    role: Role
    personne_id: int
    maintenant: datetime
    passage_id: int | None = None

    @classmethod
    def recevoir(cls, dite: Mapping[str, Any], a: datetime) -> None:
        """Live a relay that another structure sends here: the person has her file there."""
        from premier_accueil.personnes import actions as personnes
        from premier_accueil.personnes.regles import Naissance
        from premier_accueil.socle.cloison import situation

        role = role_du_compte(dite["compte"], a)
        if role is None:
            return
        etat = personnes.Etat(nom=dite["nom"], prenom=dite["prenom"], naissance=Naissance(dite["annee"]))
        venue = jour_ouvre(a, int(dite["jours"]))
        with situation(structure=role.structure_id, mission=role.mission_id):
            cree = personnes.creer(etat, demande_id=uuid5(ESPACE, f"{dite['prenom']} là-bas"), role=role, a=venue)
            cls(dite, role, cree.personne_id, a).vivre()

    def vivre(self) -> None:
        """Send it, then make each gesture that followed; nothing when its recipient is not loaded."""
        from premier_accueil.acteurs.regles import Fonction
        from premier_accueil.partage.actions import Recueil
        from premier_accueil.partage.requetes import Souhait
        from premier_accueil.relais import actions

        r, a = self.dite["relais"], self._a(int(self.dite["relais"]["jours"]), APRES_L_ENTRETIEN)
        vers = structure_d_exemple(r["vers"])
        if vers is None:
            return
        textes = {"IDENTITE": f"{self.dite['prenom']} {self.dite['nom']}", **r["textes"]}
        if self.dite.get("telephone"):
            textes["CONTACT"] = f"Par téléphone : {self.dite['telephone']}"
        souhait = Souhait(
            self.personne_id, r["but"], "ACCORD", vers, Fonction(r["fonction"]), textes, suivie_ensemble=True, jours=180
        )
        recueil = Recueil(
            self._cle("accord"), frozenset(textes), "ORAL_DEVANT", frozenset({"SEULE"}), demande_a_la_personne=True
        )
        demande = actions.DemandeDeRelais(
            self._cle("relais"), souhait, recueil, self._rendez_vous(vers), passage_id=self.passage_id,
            besoin_id=self._besoin(), lien=bool(r.get("lien")),
        )  # fmt: skip
        propose = actions.proposer(demande, role=self.role, a=a)
        for suite in r.get("suite", ()):
            self._suivre(propose.relais_id, suite)

    def _suivre(self, relais_id: int, suite: Mapping[str, Any]) -> None:
        """Make one gesture, or let the clock make those that are due."""
        from premier_accueil.relais.actions import Dit, agir, veiller
        from premier_accueil.socle.cloison import situation

        a = self._a(int(suite["jours"]), LEUR_HEURE)
        if "compte" not in suite:
            veiller(self.role.structure_id, a)
        elif role := role_du_compte(suite["compte"], self.maintenant):
            with situation(structure=role.structure_id, mission=role.mission_id):
                agir(relais_id, suite["geste"], Dit(suite.get("motif", "")), role=role, a=a)

    def _a(self, avant: int, plus_tard: timedelta) -> datetime:
        return min(jour_ouvre(self.maintenant, avant) + plus_tard, self.maintenant)

    def _rendez_vous(self, vers: int) -> RendezVousVoulu:
        """Return the appointment: told on the telephone, taken in their agenda, or left to them."""
        from premier_accueil.agenda.requetes import creneaux_libres
        from premier_accueil.relais.regles import Mode

        r = self.dite["relais"]
        if dit := r.get("telephone"):
            jour = jour_ouvre(self.maintenant, int(dit["jours"]))
            quand = datetime.combine(jour.date(), time.fromisoformat(dit["heure"]), jour.tzinfo)
            return RendezVousVoulu(Mode.TELEPHONE, quand=quand, lieu=dit["lieu"], repondu_par=dit["par"])
        libres = creneaux_libres(self.role, self.maintenant, chez=vers, limite=1) if r.get("creneau") else ()
        return RendezVousVoulu(Mode.CRENEAU, libres[0].plage_id, libres[0].debut) if libres else RendezVousVoulu()

    def _besoin(self) -> int | None:
        """Return the need that brought her, which the outcome closes."""
        from premier_accueil.accueil.models import Besoin

        if self.passage_id is None:
            return None
        siens = Besoin.objects.filter(passage_id=self.passage_id).order_by("pk")
        return siens.values_list("pk", flat=True).first()

    def _cle(self, quoi: str) -> UUID:
        return uuid5(ESPACE, f"{self.dite['prenom']} {quoi}")

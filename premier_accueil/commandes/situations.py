"""Live a few example situations through the product's own actions, each at its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml

ESPACE = UUID("00000000-0000-4000-8000-000000000044")
DIX_HEURES = time(10)


def vivre(*, a: datetime) -> int:
    """Make the example situations, once; return how many were made.

    Args:
        a: now; everything happened before.
    """
    from premier_accueil.accueil.requetes.activite import comptoir_de
    from premier_accueil.commandes.relais_vecus import RelaisVecu, role_du_compte, sans_envoi, sectoriser
    from premier_accueil.personnes.models import Personne
    from premier_accueil.socle.cloison import situation
    from premier_accueil.territoire.requetes import commune_par_code

    fichier = lire_yaml(dossiers.donnees() / "demonstration" / "situations.yaml")
    role = role_du_compte(fichier["compte"], a)
    comptoir = comptoir_de(fichier["structure"])
    if role is None or comptoir is None:
        return 0
    faites = sorted(fichier["situations"], key=lambda s: -int(s["jours"]))
    sectoriser(fichier["secteurs"])
    commune = commune_par_code(fichier["commune"])
    with sans_envoi(), situation(structure=role.structure_id, mission=role.mission_id):
        if Personne.objects.filter(structure_id=role.structure_id).exists():
            return 0
        for plage in fichier["plages"]:
            _offrir(plage, role_du_compte(plage["compte"], a) if "compte" in plage else role, a)
        for situation_dite in faites:
            Recit(situation_dite, role, comptoir.site_id, a, commune.id if commune else None).vivre()
        for recu in fichier["recus"]:
            RelaisVecu.recevoir(recu, a)
    return len(faites)


def _offrir(plage: Mapping[str, Any], role: Role | None, a: datetime) -> None:
    from premier_accueil.agenda.actions import PlageDite, creer_une_plage
    from premier_accueil.agenda.regles import Canal, Ouverture
    from premier_accueil.agenda.requetes import lieux_de
    from premier_accueil.socle.cloison import situation
    from premier_accueil.socle.horloge import jour_local

    if role is None:
        return
    lieux = [int(cle) for cle, _ in lieux_de(role) if cle]
    dite = PlageDite(
        nom=plage["nom"], canal=Canal(plage["canal"]), jours=tuple(plage["jours"]),
        heure_debut=time.fromisoformat(plage["de"]), heure_fin=time.fromisoformat(plage["a"]),
        duree_minutes=plage["minutes"], debut=jour_local(a), agent_id=role.compte_id,
        site_id=lieux[0] if lieux and plage["canal"] == "GUICHET" else None,
        ouverte_a=tuple(Ouverture(o) for o in plage["ouverte_a"]),
    )  # fmt: skip
    with situation(structure=role.structure_id, mission=role.mission_id):
        creer_une_plage(dite, demande_id=uuid5(ESPACE, plage["nom"]), role=role, a=a)


def jour_ouvre(maintenant: datetime, avant: int) -> datetime:
    """Return ten o'clock of the working day at or before so many days ago, never to come unless it is negative."""
    from django.utils import timezone

    jour = timezone.localtime(maintenant) - timedelta(days=avant)
    jour -= timedelta(days=max(0, jour.weekday() - 4))
    quand = datetime.combine(jour.date(), DIX_HEURES, jour.tzinfo)
    return quand if avant < 0 else min(quand, maintenant)


@dataclass(frozen=True)
class Recit:
    """One situation of the file, told for one worker at one place."""

    dite: Mapping[str, Any]
    role: Role
    site_id: int
    maintenant: datetime
    commune_id: int | None = None

    def vivre(self) -> None:
        """Receive the person, hold the interview, then whatever the situation says."""
        from premier_accueil.accueil import actions as accueil
        from premier_accueil.accueil.regles import Etape, Nature
        from premier_accueil.entretien import actions as entretien
        from premier_accueil.entretien.requetes import Ecrit
        from premier_accueil.personnes import actions as personnes
        from premier_accueil.personnes.regles import Naissance

        s, a = self.dite, jour_ouvre(self.maintenant, int(self.dite["jours"]))
        etat = personnes.Etat(
            nom=s["nom"], prenom=s["prenom"], naissance=Naissance(s["annee"]), commune_id=self.commune_id,
            telephone=s.get("telephone", ""),
        )  # fmt: skip
        personne = personnes.creer(etat, demande_id=self._cle("personne"), role=self.role, a=a).personne_id
        demande = accueil.Demande(
            demande_id=self._cle("passage"), nature=Nature.TRAVAILLEUR_SOCIAL, mots=s["mots"],
            besoins=tuple(s["besoins"]),
        )  # fmt: skip
        ici: dict[str, Any] = {"role": self.role, "site_id": self.site_id}
        passage = accueil.accueillir(demande, **ici, a=a).passage_id
        accueil.rattacher(passage, personne, role=self.role, a=a)
        appel, fin = a + timedelta(minutes=20), a + timedelta(minutes=65)
        ticket = accueil.appeler_suivant(etape=Etape.TRAVAIL_SOCIAL, bureau="Bureau 1", **ici, a=appel)
        if ticket is not None:
            accueil.faire("terminer", ticket.pk, role=self.role, a=fin)
        cle = entretien.ouvrir(passage, role=self.role, a=appel)
        ecrit = Ecrit(
            diagnostic=s["diagnostic"], resume=s["resume"], natures=tuple(s["natures"]), presents=("SEULE",),
            domaines=s["domaines"],
        )  # fmt: skip
        entretien.clore(cle, ecrit, version=1, role=self.role, a=fin)
        for suite, poursuivre in SUITES.items():
            if s.get(suite):
                poursuivre(self, personne, passage, cle, fin)

    def _cle(self, quoi: str) -> UUID:
        return uuid5(ESPACE, f"{self.dite['prenom']} {quoi}")

    def deposer(self, personne: int, passage: int, _: int, a: datetime) -> None:
        """Open and file the démarche of the situation."""
        from premier_accueil.entretien.actions import demarches
        from premier_accueil.entretien.regles.demarches import Saisie

        dite = self.dite["demarche"]
        ouverte = demarches.ouvrir(
            dite["procedure"], demande_id=self._cle("demarche"), role=self.role, a=a, personne_id=personne,
            passage_id=passage, objet=dite["objet"],
        )  # fmt: skip
        demarches.faire(
            "deposer", ouverte.demarche_id, Saisie(jour=a.date(), aupres=dite["aupres"]),
            demande_id=self._cle("depot"), version=1, role=self.role, a=a,
        )  # fmt: skip

    def domicilier(self, personne: int, _: int, __: int, a: datetime) -> None:
        """Receive her request for an address, and what she said of the support offered."""
        from premier_accueil.entretien.actions import domiciliation

        cle = domiciliation.demander(personne, demande_id=self._cle("domiciliation"), role=self.role, a=a)
        domiciliation.proposer_un_soutien(cle, "SOUHAITE", role=self.role, a=a)

    def nommer(self, personne: int, _: int, __: int, a: datetime) -> None:
        """Name the référent whom she accepted."""
        from premier_accueil.entretien.actions import nommer_referent

        qui = self.role.compte_id
        nommer_referent(personne, qui, acceptee=True, demande_id=self._cle("referent"), role=self.role, a=a)

    def revoir(self, _: int, __: int, entretien: int, a: datetime) -> None:
        """Plan the second meeting, where the product proposes it."""
        from premier_accueil.entretien.actions import prevoir
        from premier_accueil.entretien.requetes import proposition

        rang, qui = int(self.dite["point"]), self.role.compte_id
        quand = proposition(entretien, rang, compte_id=qui, role=self.role, a=a).quand
        prevoir(
            entretien, rang=rang, quand=quand, compte_id=qui, demande_id=self._cle("point"), role=self.role, a=a
        )  # fmt: skip

    def demander_les_papiers(self, _: int, passage: int, __: int, a: datetime) -> None:
        """Give a slip of papers, the first one already shown."""
        from premier_accueil.accueil.actions.pieces import DemandeDeBulletin, editer_bulletin

        demande = DemandeDeBulletin(self._cle("bulletin"), self.dite["pieces"], passage_id=passage)
        editer_bulletin(demande, role=self.role, site_id=self.site_id, a=a)

    def donner_rendez_vous(self, personne: int, _: int, __: int, ___: datetime) -> None:
        """Take the next free slot."""
        from premier_accueil.agenda.actions import Coordonnees, prendre
        from premier_accueil.agenda.requetes import creneaux_libres

        libres = creneaux_libres(self.role, self.maintenant, compte_id=self.role.compte_id, limite=1)
        for creneau in libres:
            prendre(
                creneau.plage_id, creneau.debut, Coordonnees(), demande_id=self._cle("rendez-vous"), role=self.role,
                a=self.maintenant, personne_id=personne,
            )  # fmt: skip

    def promettre(self, _: int, __: int, entretien: int, a: datetime) -> None:
        """Write down what the worker will do this week."""
        from premier_accueil.entretien.actions import promettre

        pour_le = max(a, self.maintenant).date() + timedelta(days=2)
        promettre(entretien, self.dite["promesse"], pour_le, demande_id=self._cle("promesse"), role=self.role, a=a)

    def passer_le_relais(self, personne: int, passage: int, _: int, __: datetime) -> None:
        """Hand over to another structure, then live what followed there."""
        from premier_accueil.commandes.relais_vecus import RelaisVecu

        RelaisVecu(self.dite, self.role, personne, self.maintenant, passage_id=passage).vivre()


SUITES = {
    "demarche": Recit.deposer,
    "domiciliation": Recit.domicilier,
    "referent": Recit.nommer,
    "point": Recit.revoir,
    "pieces": Recit.demander_les_papiers,
    "rendez_vous": Recit.donner_rendez_vous,
    "promesse": Recit.promettre,
    "relais": Recit.passer_le_relais,
}

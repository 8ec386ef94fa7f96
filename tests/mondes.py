"""A house with one of each thing in it: what the access matrix and the fuzz walk through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.actions.pieces import DemandeDeBulletin, editer_bulletin
from premier_accueil.accueil.models import Attente, Passage, PieceManquante
from premier_accueil.accueil.regles import Etape
from premier_accueil.acteurs.actions import creer_un_jeton
from premier_accueil.acteurs.models import Compte, Convention, Engagement, JetonDApi, Organisme, Structure
from premier_accueil.acteurs.regles import Droit, Fonction, fonctions_qui
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import ActionCollective, Initiative, Service, Site
from premier_accueil.partage.models import Attestation, DemandeDeDroit, Destruction
from premier_accueil.personnes.models import (
    Blocage,
    BrisDeGlace,
    Foyer,
    Fusion,
    MembreDuFoyer,
    MesureDeProtection,
    Personne,
    StructureEcartee,
)
from premier_accueil.relais.models import Abonnement
from premier_accueil.reperes.actions import GuideDit, creer_un_guide
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.agenda import situations as agenda
from tests.annuaire import situations as annuaire
from tests.annuaire import situations_tenue as tenue
from tests.entretien import des_demarches as demarches
from tests.entretien import situations as entretiens
from tests.orientation import situations_lexique as lexique
from tests.partage import situations as partage
from tests.personnes import situations as personnes
from tests.relais import situations as relais
from tests.reperes import situations as reperes

TIENNENT_UN_DOSSIER = fonctions_qui(Droit.OUVRIR_UN_DOSSIER)
COMMUNIQUENT = fonctions_qui(Droit.COMMUNIQUER)
VOIENT: dict[str, frozenset[Fonction]] = {
    # Who sees which object of their own structure, when somebody else made it. The rest answers as if it did not exist.
    "service_id": frozenset(Fonction),
    "fiche_id": frozenset(Fonction),  # a draft: everyone of the house that writes it
    "guide_id": frozenset(Fonction),
    **dict.fromkeys(("structure_id", "livret_id"), frozenset(Fonction)),
    **dict.fromkeys(("permanence_id", "contact_id", "site_id"), frozenset(Fonction)),
    "initiative_id": frozenset(Fonction),
    "action_id": frozenset(Fonction),
    **dict.fromkeys(
        (
            "source_id", "import_id", "paire_id", "fusion_de_fiches_id", "paire_de_parties_id", "fusion_de_parties_id",
        ), fonctions_qui(Droit.TENIR_L_ANNUAIRE)
    ),
    "revision_id": fonctions_qui(Droit.TENIR_SA_FICHE, Droit.TENIR_L_ANNUAIRE),
    "correction_id": fonctions_qui(Droit.TENIR_SA_FICHE, Droit.TENIR_L_ANNUAIRE),
    **dict.fromkeys(("entree_id", "essai_id"), fonctions_qui(Droit.TENIR_L_ANNUAIRE)),
    **dict.fromkeys(("campagne_id", "lien_de_fiche_id"), fonctions_qui(Droit.TENIR_L_ANNUAIRE)),
    "passage_id": fonctions_qui(Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE),  # T10: one's own only, for the others
    "attente_id": fonctions_qui(Droit.RECEVOIR),
    "bulletin_id": fonctions_qui(Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE),
    "piece_id": fonctions_qui(Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE),
    "mission_id": frozenset({Fonction.ADMINISTRATION}),
    "engagement_id": frozenset({Fonction.ADMINISTRATION}),
    "jeton_id": frozenset({Fonction.ADMINISTRATION}),
    "abonnement_id": frozenset({Fonction.ADMINISTRATION}),
    "convention_id": frozenset({Fonction.ADMINISTRATION}),
    "destruction_id": frozenset({Fonction.DPO}),
    "droit_id": frozenset({Fonction.DPO}),
    "personne_id": TIENNENT_UN_DOSSIER,
    "fusion_id": TIENNENT_UN_DOSSIER,
    "blocage_id": TIENNENT_UN_DOSSIER,
    "ecartee_id": TIENNENT_UN_DOSSIER,
    "membre_id": TIENNENT_UN_DOSSIER,
    "mesure_id": TIENNENT_UN_DOSSIER,
    "demarche_id": TIENNENT_UN_DOSSIER,
    "domiciliation_id": TIENNENT_UN_DOSSIER,
    "bris_id": frozenset(),  # only the colleague who was told
    "accord_id": COMMUNIQUENT,
    **dict.fromkeys(
        ("entretien_id", "besoin_id", "promesse_id", "point_id", "referent_id"), fonctions_qui(Droit.S_ENTRETENIR)
    ),
    "conseil_id": fonctions_qui(Droit.CONSEILLER),  # its author reads it too, and nobody else
    "rendez_vous_id": fonctions_qui(Droit.VOIR_LES_PASSAGES_DE_LA_STRUCTURE),  # T10: one's own only, for the others
    "plage_id": fonctions_qui(Droit.TENIR_L_AGENDA),
    "exception_id": fonctions_qui(Droit.TENIR_L_AGENDA),
    "attestation_id": COMMUNIQUENT,
    "relais_id": COMMUNIQUENT,
    "communication_id": frozenset({Fonction.TRAVAIL_SOCIAL}),  # the function it was addressed to
}
"""Every key that an address may hold."""
AUTRES: dict[str, Any] = {
    "nom": "appeler", "geste": "viser", "genre": "PASSAGE", "annee": 2026, "mois": 11,
    "procedure": "RSA", "export": "structures-json", "departement": "44", "slug": "une-fiche",
}
"""What an address holds beside keys."""
OUVERTS = {"structure_id", "livret_id", "guide_id"} | {"service_id", "initiative_id", "action_id"} | {
    "revision_id", "correction_id", "campagne_id", "lien_de_fiche_id",
}
OUVERTS |= {"paire_de_parties_id", "fusion_de_parties_id", "permanence_id", "contact_id", "site_id"}
OUVERTS |= {"entree_id", "essai_id"}  # the lexicon of the whole installation
OUVERTS |= {"source_id", "import_id", "paire_id", "fusion_de_fiches_id"}  # the directory of the whole département
"""Objects that everyone sees, whoever owns them."""


class Maison:
    """One structure with one of each object, and its people."""

    def __init__(self, nom: str) -> None:
        """Fill it."""
        self.site: Site = f.site(f.structure(nom))
        self.structure: Structure = self.site.structure
        self.role: Role = f.agent(self.structure, Fonction.TRAVAIL_SOCIAL)
        self.service: Service = f.service(self.structure)
        recu = accueil.accueillir(
            f.demande(mots="Ma voiture est en panne", besoins=(f.REPARER,)), role=self.role, site_id=self.site.pk, a=f.LUNDI_10H
        )
        self.passage = Passage.objects.get(pk=recu.passage_id)
        accueil.editer_feuille(self.passage.pk, adresse="https://exemple.test/feuille/", role=self.role, a=f.LUNDI_10H)
        accueil.donner_ticket(
            etape=Etape.ACCUEIL, prenom="", role=self.role, site_id=self.site.pk, a=f.LUNDI_10H
        )
        self.bulletin_id = editer_bulletin(
            DemandeDeBulletin(uuid4(), "RSA", passage_id=self.passage.pk), role=self.role, site_id=self.site.pk,
            a=f.LUNDI_10H,
        )  # fmt: skip
        self.personne_id = personnes.protegee(self.role)
        self.cles = self._cles()

    def _cles(self) -> dict[str, int]:
        r, s = self.role, {"structure": self.structure}
        personne = Personne.objects.get(pk=self.personne_id)
        autre = Personne.objects.get(pk=personnes.personne(r, nom="Durand"))
        collegue = f.agent(self.structure, Fonction.DPO, nom="Collègue")
        tiers = f.agent(self.structure, Fonction.ENCADREMENT, nom="Tiers")
        situer(structure=self.structure.pk, mission=r.mission_id)
        moi, eux = {"pose_par_id": r.compte_id}, f.LUNDI_10H
        foyer = Foyer.objects.create(**s, cree_le=eux)
        membres = [MembreDuFoyer.objects.create(**s, foyer=foyer, personne=p) for p in (personne, autre)]
        blocage = Blocage.objects.create(
            **s, personne=personne, compte_id=collegue.compte_id, motif="voisin", pose_le=eux, **moi
        )
        ecartee = StructureEcartee.objects.create(
            **s, personne=personne, ecartee=f.structure("Bailleur"), motif="ancien conjoint", pose_le=eux, **moi
        )
        attestation = Attestation.objects.create(
            **s, personne=personne, demande_id=uuid4(), base="CASF_L226_2_2", but="MISE_A_L_ABRI", fonction="TRAVAIL_SOCIAL",
            destinataire=f.structure("EDS"), conditions=["NECESSAIRE"], raison="SIGNALEMENT", pas_informee="PAS_ENCORE_VUE",
            attestee_par_id=r.compte_id, cree_le=eux,
        )  # fmt: skip
        bris = BrisDeGlace.objects.create(
            **s, personne=personne, compte_id=collegue.compte_id, raison="x" * 30, prevenu_id=tiers.compte_id,
            ouvert_le=eux, vaut_jusqu_a=eux + timedelta(hours=8), demande_id=uuid4(),
        )  # fmt: skip
        mesure = MesureDeProtection.objects.create(
            **s, personne=personne, genre="CURATELLE", debut=eux.date(), demande_id=uuid4()
        )
        fusion = Fusion.objects.create(
            **s, gardee=personne, absorbee=autre, raison=Fusion._meta.get_field("raison").choices[0][0],
            proposee_par_id=collegue.compte_id, proposee_le=eux,
        )  # fmt: skip
        destruction = Destruction.objects.create(**s, limite=eux, proposee_le=eux)
        droit = DemandeDeDroit.objects.create(
            **s, personne=personne, demande_id=uuid4(), genre="ACCES", recue_le=eux, recue_par_id=r.compte_id,
            echeance=eux + timedelta(days=30),
        )  # fmt: skip
        return {
            **self._reperes(), **lexique.tout(r), "demarche_id": demarches.deposee(r, personne_id=personne.pk),
            "domiciliation_id": demarches.accordee(r, personne.pk),
            **annuaire.tenue(self.structure), **self._entreprises(), **tenue.tout(self.service), "service_id": self.service.pk, "passage_id": self.passage.pk, "mission_id": tiers.mission_id,
            "attente_id": Attente.objects.order_by("-pk")[0].pk, "destruction_id": destruction.pk, "droit_id": droit.pk,
            "personne_id": personne.pk, "fusion_id": fusion.pk, "blocage_id": blocage.pk, "membre_id": membres[1].pk,
            "bulletin_id": self.bulletin_id,
            "structure_id": self.structure.pk, "livret_id": f.livret().pk,
            "piece_id": PieceManquante.objects.filter(bulletin_id=self.bulletin_id).order_by("pk")[0].pk,
            "mesure_id": mesure.pk, "bris_id": bris.pk, "ecartee_id": ecartee.pk, "attestation_id": attestation.pk,
            **self._signes(), **agenda.tout(r, self.site.pk), **entretiens.tout(r, personne.pk),
        }  # fmt: skip

    def _entreprises(self) -> dict[str, int]:
        """Return what the structure undertakes, that the whole network sees."""
        debut = f.LUNDI_10H + timedelta(days=9)
        return {
            "initiative_id": Initiative.objects.create(
                structure=self.structure, nom="Jardin partagé", actions="Un jardin.", modifiee_le=f.LUNDI_10H
            ).pk,
            "action_id": ActionCollective.objects.create(
                structure=self.structure, demande_id=uuid4(), nom="Café", commune=self.site.commune, debut=debut,
                fin=debut + timedelta(hours=2),
            ).pk,
        }  # fmt: skip

    def _signes(self) -> dict[str, int]:
        """Return what the structure signed: a commitment that ended, and a convention of its legal body."""
        ici, la = (Organisme.objects.create(nom=f"{nom} de {self.structure}") for nom in ("Organisme", "Voisin"))
        self.structure.organisme = ici
        self.structure.save(update_fields=["organisme"])
        jour = f.LUNDI_10H.date()
        engagement = Engagement.objects.create(structure=self.structure, debut=jour - timedelta(days=900), texte="Charte")
        convention = Convention.objects.create(organisme=ici, avec=la, debut=jour - timedelta(days=90))
        chef = f.agent(self.structure, Fonction.ADMINISTRATION, nom="Chef")
        creer_un_jeton(self.role.mission_id, "Logiciel", role=chef, a=f.LUNDI_10H)
        abonnement = Abonnement.objects.create(
            structure=self.structure, adresse=f"https://exemple.test/{self.structure.pk}", secret="x",
            cree_par_id=chef.compte_id, cree_le=f.LUNDI_10H, arrete_le=f.LUNDI_10H,
        )  # fmt: skip
        return {
            "engagement_id": engagement.pk, "convention_id": convention.pk, "abonnement_id": abonnement.pk,
            "jeton_id": JetonDApi.objects.get(structure=self.structure).pk,
        }  # fmt: skip

    def _reperes(self) -> dict[str, int]:
        """Return a draft of a sheet, and a guide of one in force."""
        dit = GuideDit("Guide", fiches=(reperes.publiee(self.role),))
        guide = creer_un_guide(dit, demande_id=uuid4(), role=self.role, a=f.LUNDI_10H)
        brouillon = reperes.brouillon(self.role)
        situer(structure=self.structure.pk, mission=self.role.mission_id)
        return {"fiche_id": brouillon, "guide_id": guide}

    def client(self, fonction: Fonction) -> Client:
        """Return somebody of the house, signed in."""
        client = Client(raise_request_exception=False)
        client.force_login(Compte.objects.get(pk=f.agent(self.structure, fonction).compte_id))
        return client


class Monde:
    """Two houses; each has given the other a copy of something, with the person's agreement."""

    def __init__(self) -> None:
        """Build it."""
        self.ici, self.ailleurs = Maison("CCAS d'ici"), Maison("CCAS d'ailleurs")
        for un in (self.ici, self.ailleurs):
            partage.engager(un.structure)
            partage.tenir_au_secret(un.role)
        for un, autre in ((self.ici, self.ailleurs), (self.ailleurs, self.ici)):
            scene = partage.Monde(
                un.structure, autre.structure, un.role, autre.role, Personne(pk=un.personne_id, structure=un.structure)
            )
            envoi = scene.envoyer()
            un.cles["accord_id"] = envoi.accord_id
            autre.cles["communication_id"] = envoi.communication_id
        for un in (self.ici, self.ailleurs):
            un.cles["relais_id"] = self._relais(un)

    def _relais(self, un: Maison) -> int:
        """Return a relay sent by a house to a third one."""
        eux = f.structure("EDS voisin", "EDS")
        partage.engager(eux)
        lui = f.agent(eux, Fonction.TRAVAIL_SOCIAL, nom="Sam")
        personne = Personne(pk=un.personne_id, structure=un.structure)
        scene = partage.Monde(un.structure, eux, un.role, lui, personne)
        souhait = scene.souhait(textes={"BESOIN": "Un mot du relais"})
        return relais.Monde(scene).envoyer(souhait=souhait, recueil=partage.oui(elements=frozenset({"BESOIN"})))

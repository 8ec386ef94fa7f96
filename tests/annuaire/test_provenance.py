"""What somebody corrected stays, whatever a file says again; what a file changes leaves its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.importer import importer_lignes
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.models import Interlocuteur, Permanence, Revision, Service, Site
from premier_accueil.annuaire.regles.historique import Objet, Origine
from tests.annuaire.fabriques import service, structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def lire(communes, a):
    def lire(structures, services, jours=0):
        return importer_lignes(
            [Ligne(i, s) for i, s in enumerate(structures, 1)], [Ligne(i, s) for i, s in enumerate(services, 1)],
            "s", "v", a=a + timedelta(days=jours),
        )  # fmt: skip

    return lire


def corriger(objet, rangee, a, **champs):
    return actions.modifier(objet, rangee.pk, champs, origine=Origine.HUMAIN, auteur=None, a=a)


def test_une_correction_a_la_main_survit_au_troisieme_import(lire, a):
    contact = {"interlocuteurs": [{"nom": "Mme Ancienne", "telephone": "0240983001"}]}
    au_depart = [service(1, premier_accueil=contact, thematiques=["mobilite--financer-ma-mobilite"])]
    lire([structure(1)], au_depart)
    chez, lieu, offre = Structure.objects.get(), Site.objects.get(), Service.objects.get()
    permanence, qui = Permanence.objects.get(), Interlocuteur.objects.get()
    corriger(Objet.STRUCTURE, chez, a, telephone="02 40 98 99 99", nom="Le vrai nom")
    corriger(Objet.SITE, lieu, a, adresse="12 place du Marché")
    corriger(Objet.SERVICE, offre, a, conditions_acces="Sur rendez-vous", thematiques=["numerique--acquerir-un-equipement"])
    corriger(Objet.PERMANENCE, permanence, a, horaires="Tu 14:00-16:00")
    corriger(Objet.INTERLOCUTEUR, qui, a, nom="M. Nouveau")

    for tour in (1, 2):
        change = service(1, premier_accueil=contact, nom=f"Service renommé {tour}", conditions_acces=f"Tour {tour}")
        bilan = lire([structure(1, telephone=f"024098000{tour}", adresse=f"{tour} rue Changée")], [change], tour)
        for rangee in (chez, lieu, offre, permanence, qui):
            rangee.refresh_from_db()
        assert (chez.telephone, chez.nom, chez.cle) == ("02 40 98 99 99", "Le vrai nom", "le vrai nom")
        assert lieu.adresse == "12 place du Marché"
        assert (offre.conditions_acces, offre.thematiques) == ("Sur rendez-vous", ["numerique--acquerir-un-equipement"])
        assert offre.nom == f"Service renommé {tour}"  # what nobody corrected follows its source
        assert (permanence.horaires, qui.nom) == ("Tu 14:00-16:00", "M. Nouveau")
        assert (Site.objects.count(), Permanence.objects.count(), Interlocuteur.objects.count()) == (1, 1, 1)
        gardes = {(v.fichier, v.ligne, v.champ): v.valeur for v in bilan.avertissements if "corrigé à la main" in v.motif}
        assert gardes["s", 1, "telephone"] == f"02 40 98 00 0{tour}"  # shown, not applied
        assert {"nom", "adresse", "telephone"} <= {c for f, _, c in gardes if f == "s"}
        assert {"conditions_acces", "thematiques", "horaires", "nom"} <= {c for f, _, c in gardes if f == "v"}
    histoire = Revision.objects.filter(objet="SERVICE", champ="nom", origine="IMPORT").order_by("pk")
    assert [(r.avant, r.apres, r.auteur_dit) for r in histoire] == [
        ("Service 1", "Service renommé 1", "essai"), ("Service renommé 1", "Service renommé 2", "essai"),
    ]  # fmt: skip
    assert not Revision.objects.filter(origine="IMPORT", champ__in=["telephone", "cle", "date_maj"]).exists()


def test_annulee_la_correction_laisse_repasser_la_source(lire, a):
    from premier_accueil.acteurs.regles import Fonction
    from tests import fabriques as f

    lire([structure(1)], [service(1)])
    chez = Structure.objects.get()
    (revision,) = corriger(Objet.STRUCTURE, chez, a, telephone="02 40 98 99 99")
    coordination = f.agent(chez, Fonction.COORDINATION)
    actions.annuler(revision.pk, role=replace(coordination, departement="44"), a=a)
    lire([structure(1, telephone="0240980001")], [service(1)])
    chez.refresh_from_db()
    assert chez.telephone == "02 40 98 00 01"


def test_une_creation_n_a_pas_d_histoire_et_une_ligne_plus_ancienne_n_apprend_rien(lire):
    lire([structure(1, date_maj="2026-10-01")], [service(1, date_maj="2026-10-01")])
    assert not Revision.objects.exists()
    vieux = lire(
        [structure(1, date_maj="2019-01-01", telephone="0240980009", adresse="9 rue Vieille")],
        [service(1, date_maj="2019-01-01", nom="Ancien nom", horaires_accueil="Sa 10:00-11:00")],
    )
    assert (vieux.modifies, vieux.inchanges) == (0, 2)
    assert [v.champ for v in vieux.avertissements] == ["date_maj", "date_maj"]
    assert (Service.objects.get().nom, Permanence.objects.get().horaires) == ("Service 1", "Mo-Fr 09:00-12:00")
    assert Site.objects.get().adresse == "1 rue de l'Essai"

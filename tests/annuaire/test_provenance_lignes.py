"""A permanence or a contact added, or taken out, by hand: no import undoes it; the history keeps it and goes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions import parties
from premier_accueil.annuaire.actions.importer import importer_lignes
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Revision, Service, Site
from premier_accueil.annuaire.regles.historique import Objet
from tests import fabriques as f
from tests.annuaire.fabriques import service, structure

pytestmark = pytest.mark.django_db
PERMANENCE = {"forme": "FIXE", "horaires": "Sa 10:00-12:00"}


@pytest.fixture
def lire(communes, a):
    def lire(jours=0, **ajouts):
        ajouts.setdefault("interlocuteurs", [{"nom": "Mme Source", "telephone": "0240983001"}])
        lignes = [Ligne(1, service(1, premier_accueil=ajouts))]
        return importer_lignes([Ligne(1, structure(1))], lignes, "s", "v", a=a + timedelta(days=jours))

    return lire


@pytest.fixture
def role_de():
    """Who keeps the structure of the file, once it is there."""
    return lambda: replace(f.agent(Structure.objects.get(), Fonction.COORDINATION), departement="44")


def motifs(bilan):
    return {v.motif for v in bilan.avertissements}


def test_ce_qui_est_ajoute_a_la_main_reste_et_ce_qui_est_retire_ne_revient_pas(lire, role_de, a):
    lire(permanences=[{"horaires": "Mo 09:00-12:00"}, {"horaires": "Th 14:00-17:00"}])
    role = role_de()
    offre, ici = Service.objects.get(), Site.objects.get()
    lundi, jeudi = Permanence.objects.order_by("horaires")
    ajoutee = parties.ajouter_une_permanence(offre.pk, PERMANENCE, lieu=ici.pk, role=role, a=a)
    assert parties.ajouter_une_permanence(offre.pk, PERMANENCE, lieu=ici.pk, role=role, a=a).pk == ajoutee.pk
    contact = parties.ajouter_un_contact(offre.pk, {"nom": "M. Ajouté", "diffusion": "RESEAU"}, role=role, a=a)
    parties.retirer_de_la_fiche(Objet.PERMANENCE, jeudi.pk, role=role, a=a)
    parties.retirer_de_la_fiche(Objet.INTERLOCUTEUR, Interlocuteur.objects.get(nom="Mme Source").pk, role=role, a=a)

    for tour, jeudis in enumerate(("Th 14:00-17:00", "Th 14:00-18:00", "Th 13:00-18:00"), 1):
        bilan = lire(tour, permanences=[{"horaires": "Mo 09:00-12:00"}, {"horaires": jeudis}])
        assert set(Permanence.objects.values_list("pk", "horaires")) == {
            (lundi.pk, "Mo 09:00-12:00"), (ajoutee.pk, "Sa 10:00-12:00"),
        }  # fmt: skip
        assert list(Interlocuteur.objects.values_list("pk", flat=True)) == [contact.pk]
        assert {"retirée à la main : pas remise", "retiré à la main : pas remis"} <= motifs(bilan)
    # A contact of the same name in the file changes nothing in the one that was written here.
    lire(4, interlocuteurs=[{"nom": "M. Ajouté", "telephone": "0240983009"}], permanences=[{"horaires": "Mo 09:00-12:00"}])
    assert Interlocuteur.objects.get().telephone == ""

    # Back: what was taken out is there again, with its own key and its closings, and follows its source.
    retrait = Revision.objects.get(objet="PERMANENCE", objet_id=jeudi.pk, apres__isnull=True)
    actions.annuler(retrait.pk, role=role, a=a)
    assert Permanence.objects.get(pk=jeudi.pk).horaires == "Th 14:00-17:00"
    with pytest.raises(actions.FicheRefusee, match="déjà annulée"):
        actions.annuler(retrait.pk, role=role, a=a)
    lire(5, permanences=[{"horaires": "Mo 09:00-12:00"}, {"horaires": "Th 14:00-18:00"}])
    assert Permanence.objects.get(pk=jeudi.pk).horaires == "Th 14:00-18:00"
    lire(6, permanences=[{"horaires": "Mo 09:00-12:00"}])
    assert set(Permanence.objects.values_list("pk", flat=True)) == {lundi.pk, ajoutee.pk}
    ajout = Revision.objects.get(objet="PERMANENCE", objet_id=ajoutee.pk, avant__isnull=True, champ="fiche")
    actions.annuler(ajout.pk, role=role, a=a)
    assert Permanence.objects.get().pk == lundi.pk


def test_un_lieu_se_trouve_a_son_adresse_ou_se_fait_et_les_jours_fermes_reviennent_avec_la_permanence(lire, role_de, a):
    lire()
    role, offre = role_de(), Service.objects.get()
    la = parties.Adresse(Site.objects.get().commune_id, "1, rue de l'Essai", nom="Autre nom")
    p = parties.ajouter_une_permanence(offre.pk, PERMANENCE, lieu=la, role=role, a=a)
    assert p.site_id == Site.objects.get().pk, "quelqu'un se tient déjà à cette adresse"
    neuf = parties.ajouter_une_permanence(
        offre.pk, PERMANENCE, lieu=replace(la, adresse="8 rue du Pont", latitude=10.0, longitude=10.0), role=role, a=a
    )
    assert (neuf.site.nom, neuf.site.source_id, neuf.site.structure_id) == ("Autre nom", "44213 8 rue du pont", role.structure_id)
    assert neuf.site.point_verifie is not True
    assert Revision.objects.filter(objet="SITE", champ="fiche", dans=role.structure_id).count() == 1
    with pytest.raises(actions.FicheRefusee, match="Choisissez un lieu"):
        parties.ajouter_une_permanence(offre.pk, PERMANENCE, lieu=None, role=role, a=a)
    with pytest.raises(actions.FicheRefusee, match="calendrier"):
        parties.ajouter_une_permanence(offre.pk, PERMANENCE | {"horaires": "quand on peut"}, lieu=la, role=role, a=a)
    tel = parties.ajouter_une_permanence(offre.pk, PERMANENCE | {"forme": "TELEPHONE"}, lieu=None, role=role, a=a)
    assert tel.site_id is None

    assert parties.fermer_des_jours(offre.pk, [p.pk, neuf.pk], ("2026-12-24", "", "congés"), role=role, a=a) == 2
    parties.retirer_de_la_fiche(Objet.PERMANENCE, neuf.pk, role=role, a=a)
    assert Fermeture.objects.count() == 1
    actions.annuler(Revision.objects.get(objet_id=neuf.pk, objet="PERMANENCE", apres__isnull=True).pk, role=role, a=a)
    assert set(Fermeture.objects.values_list("permanence_id", "motif")) == {(p.pk, "congés"), (neuf.pk, "congés")}
    assert parties.rouvrir_des_jours(offre.pk, "2026-12-24", "2026-12-24", role=role, a=a) == 2
    ajout = Revision.objects.get(objet="SITE", champ="fiche")
    with pytest.raises(actions.FicheRefusee, match="sert encore"):
        actions.annuler(ajout.pk, role=role, a=a)
    etranger = replace(role, structure_id=f.structure("Ailleurs").pk, fonction=Fonction.ACCUEIL)
    for geste in (
        lambda: parties.retirer_de_la_fiche(Objet.PERMANENCE, p.pk, role=etranger, a=a),
        lambda: parties.ajouter_un_contact(offre.pk, {"nom": "X", "diffusion": "RESEAU"}, role=etranger, a=a),
        lambda: parties.fermer_des_jours(offre.pk, [p.pk], ("2026-12-24", "", ""), role=etranger, a=a),
        lambda: parties.deplacer_un_lieu(p.site_id, la, role=etranger, version=None, a=a),
    ):
        with pytest.raises(actions.FicheRefusee, match="autre structure"):
            geste()


def test_un_lieu_deplace_a_la_main_reste_ou_on_l_a_mis_et_son_point_est_verifie(lire, role_de, a, communes):
    lire()
    role, ici = role_de(), Site.objects.get()
    ailleurs = communes["44003"]
    la = parties.Adresse(ailleurs.pk, "3 quai de Loire", "", "44150")
    parties.deplacer_un_lieu(ici.pk, la, role=role, version=None, a=a)
    lire(1)
    ici.refresh_from_db()
    assert (ici.commune_id, ici.adresse, ici.latitude, ici.point_verifie) == (ailleurs.pk, "3 quai de Loire", None, None)
    assert Site.objects.count() == 1 and Permanence.objects.get().site_id == ici.pk
    assert {"commune_id", "adresse", "latitude"} <= set(Revision.objects.filter(objet="SITE").values_list("champ", flat=True))
    with pytest.raises(actions.FicheAChange):
        parties.deplacer_un_lieu(ici.pk, la, role=role, version="0" * 24, a=a)

"""What leaves: valid data·inclusion, no contact kept for the network, and nothing changes when it comes back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from data_inclusion.schema import v1

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.importer import importer_lignes
from premier_accueil.annuaire.exports import FORMATS, produire
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.models import Fermeture, Interlocuteur, Permanence, Revision, Service, Site
from tests.annuaire.fabriques import service, structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def annuaire(communes, a):
    """Two sources, a place elsewhere, a place of another structure, closings, contacts of each circle, odd texts."""
    contacts = [
        {"nom": f"Agent {d}", "telephone": "0240983001", "diffusion": d} for d in ("RESEAU", "PERSONNE_RECUE", "PUBLIC")
    ]
    ailleurs = {"nom": "Maison", "adresse": "3 quai", "code_insee": "44003", "commune": "Ancenis-Saint-Géréon"}
    permanences = [
        {"horaires": "Mo 09:00-12:00", "exceptions": [{"du": "2026-12-24", "au": "2027-01-02", "motif": "Fêtes"}]},
        {"horaires": "hors norme", "site": ailleurs, "sur_rendez_vous": True, "precision": "Sonner."},
        {"horaires": "Tu 09:00-12:00", "site": {**ailleurs, "hote": "essai--s2", "adresse": "2 rue de l'Essai",
                                               "code_insee": "44213", "commune": "Loireauxence"}},
    ]  # fmt: skip
    importer_lignes(
        [Ligne(1, structure(1, siret="12345678900011", nom="=Formule")), Ligne(2, structure(2, latitude=40))],
        [Ligne(1, service(1, premier_accueil={"permanences": permanences, "interlocuteurs": contacts, "pieces": ["RIB"]})),
         Ligne(2, service(2, de=2, modes_accueil=["a-distance"], thematiques=["numerique--acquerir-un-equipement"]))],
        "s", "v", a=a,
    )  # fmt: skip
    Structure.objects.filter(source_id="essai--s2").update(site_web="pas une adresse", nom="N" * 180, cle="n" * 180)
    Service.objects.filter(source_id="essai--v1").update(
        langues=["fr", "uk"], places=12, places_libres=0, liste_d_attente=True, places_dites_le=date(2026, 11, 20),
        confirme_le=date(2026, 11, 19),
    )  # fmt: skip
    Site.objects.filter(adresse="3 quai").update(fauteuil=True, neutre=False)
    # A service whose source is not that of its structure: what a merge leaves.
    Service.objects.filter(source_id="essai--v2").update(source="ailleurs", source_id="42")


def photo():
    return [
        list(m.objects.order_by("pk").values())
        for m in (Structure, Site, Service, Permanence, Fermeture, Interlocuteur)
    ]


@pytest.mark.parametrize("forme", ["json", "ndjson", "csv"])
def test_relu_un_export_ne_change_rien(annuaire, tmp_path, a, forme):
    avant = photo()
    chemins = []
    for quoi in ("structures", "services"):
        contenu, laissees = produire(f"{quoi}-{forme}")
        assert laissees == ()
        chemin = tmp_path / FORMATS[f"{quoi}-{forme}"].nom
        chemin.write_bytes(contenu)
        chemins.append(chemin)
        assert "Agent PUBLIC" in contenu.decode() or quoi == "structures"
        assert "Agent RESEAU" not in contenu.decode() and "Agent PERSONNE_RECUE" not in contenu.decode()
    bilan = actions.importer_data_inclusion(*chemins, a=a)
    assert [list(r) for r in Revision.objects.values_list("objet", "champ", "avant", "apres")] == []
    assert photo() == avant
    assert (bilan.lus, bilan.inchanges, bilan.refus) == (4, 4, []), bilan.refus
    assert photo() == avant
    assert not Revision.objects.exists()


def test_chaque_fiche_suit_data_inclusion_v1(annuaire):
    for quoi, modele in (("structures", v1.Structure), ("services", v1.Service)):
        for fiche in json.loads(produire(f"{quoi}-json")[0]):
            modele.model_validate(fiche)
            assert fiche["id"].startswith(f"{fiche['source']}--")
    dite = next(f for f in json.loads(produire("services-json")[0]) if f["id"] == "essai--v1")
    ajouts = dite["premier_accueil"]
    assert (dite["date_maj"], ajouts["confirme_le"]) == ("2026-10-01", "2026-11-19"), "modifié, et confirmé : deux dates"
    assert (ajouts["langues"], ajouts["places_libres"], ajouts["liste_d_attente"]) == (["fr", "uk"], 0, True)
    assert ajouts["permanences"][1]["site"]["faits"] == {"fauteuil": True, "neutre": False}
    Service.objects.filter(source_id="essai--v1").update(date_maj=None)
    assert "1 fiche(s) laissée(s) de côté : data·inclusion exige une date" in produire("services-json")[1][0]


def test_le_tableau_se_lit_et_rien_n_y_court(annuaire):
    texte = produire("tableau-csv")[0].decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    assert len(lignes) == 4  # a line a service and place
    assert lignes[0]["Structure"] == "'=Formule"
    assert "lundi" in lignes[0]["Horaires"] and lignes[1]["Horaires"] == "hors norme"
    assert "Agent" not in texte
    assert (lignes[0]["Confirmé le"], lignes[2]["Confirmé le"]) == ("19/11/2026", "19/11/2026")
    assert "0 place libre sur 12, une liste d'attente" in lignes[0]["Places et attente"]
    assert "non : lieu neutre" in lignes[1]["Accès et cadre du lieu"]
    with zipfile.ZipFile(io.BytesIO(produire("tableau-ods", departement="44")[0])) as classeur:
        contenu = classeur.read("content.xml").decode()
    assert "=Formule" in contenu and "table:formula" not in contenu and "Agent" not in contenu
    assert produire("tableau-csv", departement="25")[0].decode("utf-8-sig").count("\n") == 1

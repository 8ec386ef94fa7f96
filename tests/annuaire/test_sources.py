"""The sources read again by themselves: their reports, their bounds; a killed import goes on where it stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.actions import sources as actions
from premier_accueil.annuaire.actions import telechargement
from premier_accueil.annuaire.imports.lecture import FichierIllisible
from premier_accueil.annuaire.models import BlocDImport, ImportDAnnuaire, Service, SourceDAnnuaire
from premier_accueil.annuaire.requetes.imports import derniers_imports, rapport_de, sources_vues
from tests import fabriques as f
from tests.annuaire.fabriques import service, structure
from tests.annuaire.situations import coordination

DILA = "id,nom,type,code_insee,adresse,code_postal,commune,telephone,site\n"


def source(adresse, a, **reste):
    dite = {"nom": "DILA", "genre": "DILA", "rythme": "SEMAINE", "role": None} | reste
    return actions.declarer_une_source(adresse=str(adresse), a=a, **dite)


@pytest.mark.django_db
def test_une_source_due_est_lue_une_fois_et_garde_ses_rapports(communes, tmp_path, a):
    chemin = tmp_path / "annuaire.csv"
    chemin.write_text(
        DILA + 'mairie-44213-01,Mairie - Loireauxence 44213-01,mairie,44213,"182 rue Foch,44370,Loireauxence",,,12,\n'
        "pmi-99999-01,PMI,pmi,99999,ici,,,,\n", encoding="utf-8",
    )  # fmt: skip
    sienne = source(chemin, a)
    assert "2 lignes lues : 1 créées" in actions.lire_les_sources(a=a)
    assert actions.lire_les_sources(a=a + timedelta(days=6)) == "Aucune source à lire."
    (vue,) = sources_vues()
    assert vue.prochain_le == a + timedelta(days=7)
    assert vue.dernier.comptes == "2 lignes : 1 créées, 0 modifiées, 0 inchangées, 1 refusées"
    fichiers, bilan = rapport_de(vue.dernier.id)
    assert "annuaire.csv" in fichiers and [r.identifiant for r in bilan.refus] == ["pmi-99999-01"]
    assert [v.champ for v in bilan.avertissements] == ["telephone"]
    assert Structure.objects.get().nom == "Mairie - Loireauxence"

    chemin.unlink()  # the reason is kept, and the next night tries again
    assert "n'existe pas" in actions.lire_les_sources(a=a + timedelta(days=7))
    assert "n'existe pas" in sources_vues()[0].dernier.echec
    for jour in range(8, 30):
        actions.lire_une_source(a=a + timedelta(days=jour), source_id=sienne.pk)
    assert ImportDAnnuaire.objects.count() == 12
    role = coordination(f.structure())
    assert actions.arreter_une_source(sienne.pk, role=role, a=a)
    assert actions.lire_une_source(a=a, source_id=sienne.pk).startswith("Cette source n'existe plus")
    assert len(derniers_imports()) == 12 and sources_vues()[0].arretee


@pytest.mark.django_db
def test_une_page_ne_fait_lire_ni_un_fichier_d_ici_ni_une_machine_interne(a, monkeypatch):
    role = coordination(f.structure())
    for adresse in ("/etc/passwd", "file:///etc/passwd", "http://exemple.org/a.csv", "https://127.0.0.1/a.csv"):
        with pytest.raises(actions.SourceRefusee):
            source(adresse, a, role=role)
    with pytest.raises(actions.SourceRefusee, match="deux fichiers"):
        source("https://exemple.org/s.json", a, role=None, genre="DATA_INCLUSION")
    with pytest.raises(PermissionError):
        source("https://exemple.org/s.json", a, role=f.agent(f.structure()))
    assert not SourceDAnnuaire.objects.exists()


class Reponse:
    """What a distant machine answers."""

    def __init__(self, morceaux=(), vers=""):
        self.morceaux, self.is_redirect, self.headers = morceaux, bool(vers), {"location": vers}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def raise_for_status(self):
        return None

    def iter_content(self, _):
        return iter(self.morceaux)


def test_un_telechargement_a_une_taille_et_ne_suit_pas_vers_l_interieur(tmp_path, monkeypatch):
    import requests

    publics = {"exemple.org": ""}
    monkeypatch.setattr(telechargement, "refus_d_adresse", lambda x, _: publics.get(x.split("/")[2], "interne"))
    reponses = {
        "https://exemple.org/liste-20240801.csv": Reponse([b"a;b\n", b"1;2\n"]),
        "https://exemple.org/grand": Reponse([b"x" * 1000] * 300_000),
        "https://exemple.org/dedans": Reponse(vers="https://10.0.0.1/secret"),
        "https://exemple.org/boucle": Reponse(vers="/boucle"),
    }
    monkeypatch.setattr(requests, "get", lambda adresse, **_: reponses[adresse])
    lu = telechargement.telecharger("https://exemple.org/liste-20240801.csv", tmp_path)
    assert (lu.name, lu.read_bytes()) == ("liste-20240801.csv", b"a;b\n1;2\n")
    for nom, dit in (("grand", "dépasse 200 Mo"), ("dedans", "interne"), ("boucle", "sans fin")):
        with pytest.raises(FichierIllisible, match=dit):
            telechargement.telecharger(f"https://exemple.org/{nom}", tmp_path)


TUABLE = """
import sys, time
import django; django.setup()
from datetime import datetime, UTC
from pathlib import Path
from premier_accueil.annuaire.actions import ecriture, importer_data_inclusion
ecriture.BLOC = 20
def dire(fait, total):
    print(fait, total, flush=True)
    time.sleep(0.3)
importer_data_inclusion(Path(sys.argv[1]), Path(sys.argv[2]), a=datetime.now(UTC), progression=dire)
"""


def test_tue_au_milieu_un_import_reprend_ou_il_en_etait(base_neuve, tmp_path, a, monkeypatch):
    from premier_accueil.annuaire.actions import ecriture, importer_data_inclusion

    monkeypatch.setattr(ecriture, "BLOC", 20)
    f.commune()
    chemins = [tmp_path / "structures.json", tmp_path / "services.json"]
    chemins[0].write_text(json.dumps([structure(i, latitude=None, longitude=None) for i in range(100)] + ["non"]))
    chemins[1].write_text(json.dumps([service(i, de=i, telephone="12") for i in range(100)]))
    enfant = subprocess.Popen(
        [sys.executable, "-c", TUABLE, *map(str, chemins)], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[2], env=os.environ | {"PREMIER_ACCUEIL_BASE": base_neuve},
    )  # fmt: skip
    assert enfant.stdout is not None
    for _ in range(6):  # the structures, then one block of services
        enfant.stdout.readline()
    os.kill(enfant.pid, signal.SIGKILL)
    enfant.wait()
    enfant.stdout.close()

    faits = BlocDImport.objects.filter(rang__gt=0).count()
    assert 6 <= faits < 10 and Structure.objects.count() == 100 and 20 <= Service.objects.count() < 100
    assert ImportDAnnuaire.objects.get().fini_le is None
    blocs = dict(BlocDImport.objects.filter(rang__gt=0).values_list("rang", "pk"))
    bilan = importer_data_inclusion(*chemins, a=a)
    assert Service.objects.count() == 100
    (fini,) = ImportDAnnuaire.objects.all()
    assert fini.fini_le is not None and fini.blocs == 10
    # What was done before the kill was not done again, and the report holds the whole file.
    assert blocs.items() <= dict(BlocDImport.objects.values_list("rang", "pk")).items()
    assert (bilan.lus, bilan.crees, bilan.refuses, len(bilan.avertissements)) == (201, 200, 1, 100)
    assert rapport_de(fini.pk)[1].crees == 200
    encore = importer_data_inclusion(*chemins, a=a)
    assert (encore.crees, encore.modifies, encore.inchanges) == (0, 0, 200)

"""Facts hold nothing that tells who it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from premier_accueil.faits.actions import noter_faits
from premier_accueil.faits.models import Fait
from premier_accueil.faits.regles import dire, montrable, reserve
from premier_accueil.faits.requetes import faits_du_departement, volumes_de_la_structure, volumes_du_departement
from premier_accueil.orientation.requetes import libelles
from premier_accueil.socle import dossiers
from premier_accueil.socle.fichiers import lire_yaml
from tests import fabriques as f

JOUR = date(2026, 11, 23)
VIOLENCES = "famille--surmonter-conflits-separation-violence"


def fait(genre="PASSAGE", commune="44213", population=7500, **attributs):
    return dire(genre, jour=JOUR, commune=commune, population=population, attributs=attributs)


def test_une_grande_commune_est_dite_une_petite_est_tue():
    assert fait().commune == "44213"
    assert fait(population=4999).commune == ""
    assert fait(population=None).commune == ""


def test_un_besoin_sensible_tait_la_commune_et_le_jour():
    dit = fait("BESOIN", thematique=VIOLENCES)
    assert (dit.commune, dit.jour) == ("", date(2026, 11, 1))


def test_les_besoins_sensibles_existent_au_vocabulaire():
    domaines = lire_yaml(dossiers.donnees() / "domaines_de_vie.yaml")["domaines"]
    assert reserve().sensibles <= libelles().keys() | domaines.keys()


@pytest.mark.parametrize("valeur", ["Madame Martin", "06 12 34 56 78", "né en 1980", "a" * 121, "x\n"])
def test_un_texte_libre_n_entre_pas_dans_un_fait(valeur):
    with pytest.raises(ValueError, match="coded attribute"):
        fait(canal=valeur)


def test_un_attribut_ou_un_genre_inconnu_est_refuse():
    with pytest.raises(ValueError, match="coded"):
        fait(personne="12")
    with pytest.raises(ValueError, match="unknown kind"):
        fait("PERSONNE")


@given(st.text(max_size=30))
def test_rien_d_autre_que_des_codes(valeur):
    try:
        dit = fait(canal=valeur)
    except ValueError:
        return
    assert all(c.isascii() and (c.isalnum() or c in "_-") for c in "".join(dit.attributs.values()))


@pytest.mark.django_db
def test_reidentification_aucune_colonne_ne_ramene_a_une_personne():
    with connection.cursor() as curseur:
        curseur.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'faits_fait'")
        colonnes = dict(curseur.fetchall())
        curseur.execute("SELECT count(*) FROM pg_constraint WHERE conrelid = 'faits_fait'::regclass AND contype = 'f'")
        assert curseur.fetchone() == (0,)
    assert set(colonnes) == {"id", "genre", "structure_id", "departement", "jour", "commune", "attributs", "nombre"}
    assert not [c for c, genre in colonnes.items() if "timestamp" in genre], "an hour would tell who stood there"


def noter(combien, **champs):
    for _ in range(combien):
        noter_faits([("PASSAGE", {})], structure_id=1, departement="44", a=f.LUNDI_10H, **champs)


@pytest.mark.django_db
def test_un_petit_nombre_ne_se_montre_pas():
    noter(9)
    assert [v.nombre for v in volumes_de_la_structure(1, du=JOUR)] == [None]
    noter(1)
    assert [v.nombre for v in volumes_de_la_structure(1, du=JOUR)] == [10]
    assert not montrable(1)
    assert montrable(0)


@pytest.mark.django_db
def test_ce_qui_est_annule_se_retranche():
    noter(11)
    noter(1, annule=True)
    assert [v.nombre for v in volumes_du_departement("44", du=JOUR)] == [10]
    assert sum(x.nombre for x in faits_du_departement("44", genre="PASSAGE", mois=date(2026, 11, 1))) == 10


@pytest.mark.django_db
def test_un_departement_ne_voit_pas_l_autre():
    noter(12)
    assert volumes_du_departement("49", du=JOUR) == ()
    assert faits_du_departement("49", genre="PASSAGE", mois=date(2026, 11, 1)) == ()


@pytest.mark.django_db
def test_decembre_finit_avec_l_annee():
    noter(1)
    Fait.objects.update(jour=date(2026, 12, 31))
    assert len(faits_du_departement("44", genre="PASSAGE", mois=date(2026, 12, 1))) == 1

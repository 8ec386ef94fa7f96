"""The chain: what is written follows, and whatever is touched is seen."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from psycopg import sql

from premier_accueil.socle import dossiers
from premier_accueil.socle.cloison import situation, situer
from premier_accueil.socle.journal import Geste, JournalMuet, chaine, differer, noter
from premier_accueil.socle.journal.purge import chaines, purger
from premier_accueil.socle.journal.verification import structures_tenues, verifier
from premier_accueil.socle.models import Acces, Segment, Tete

NOVEMBRE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ICI, AILLEURS = 7, 8


def ecrire(n: int = 1, *, a: datetime = NOVEMBRE, chez: int = ICI) -> None:
    for i in range(n):
        noter(
            structure_id=chez, compte_id=3, geste=Geste.LECTURE, action="ouvrir", objet="PASSAGE", objet_id=i,
            a=a + timedelta(microseconds=i),
        )  # fmt: skip


def mois(annee: int, numero: int) -> datetime:
    return datetime(annee, numero, 15, 9, 0, tzinfo=UTC)


def apres(mois_ecoules: int) -> datetime:
    annees, reste = divmod(10 + mois_ecoules, 12)
    return mois(2026 + annees, reste + 1)


def fautes(chez: int = ICI, a: datetime = NOVEMBRE, **options) -> list[str]:
    with situation(structure=chez):
        return [str(f) for f in verifier(chez, a=a, **options).fautes]


def toucher(table: str, ordre: str, chez: int = ICI) -> None:
    """Do what an owner of the database could do: triggers off, walls off, and back."""
    with transaction.atomic("proprietaire"), connections["proprietaire"].cursor() as curseur:
        curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        curseur.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        curseur.execute("SELECT set_config('premier_accueil.structure', %s, true)", [str(chez)])
        curseur.execute(ordre)
        touchees = curseur.rowcount
        curseur.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        curseur.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    connections["proprietaire"].close()
    assert touchees, "nothing was touched: the test would prove nothing"


@pytest.mark.django_db
def test_une_chaine_saine_se_verifie_et_dit_ses_nombres():
    ecrire(3)
    ecrire(2, a=mois(2026, 12))
    ecrire(1, chez=AILLEURS)
    with situation(structure=ICI):
        bilan = verifier(ICI, a=NOVEMBRE)
    assert (bilan.lignes, bilan.scelles, bilan.fautes) == (5, 1, [])
    assert structures_tenues() == [ICI, AILLEURS]


@pytest.mark.django_db
def test_une_ligne_a_vide_ne_change_pas_l_empreinte_des_autres():
    with situation(structure=ICI):
        noter(structure_id=ICI, compte_id=None, geste=Geste.EXPORT, action="x", objet="Y", objet_id=None, a=NOVEMBRE)
        ligne = Acces.objects.get()
    assert "compte_id" not in chaine.contenu_de(ligne)
    assert not fautes()


@pytest.mark.django_db
def test_une_horloge_qui_recule_n_ecrit_pas_dans_un_mois_scelle():
    ecrire(2)
    ecrire(1, a=mois(2026, 12))
    ecrire(1, a=NOVEMBRE)
    with situation(structure=ICI):
        assert sorted(Acces.objects.values_list("mois", "rang")) == sorted(
            [(chaine.mois_de(NOVEMBRE), 1), (chaine.mois_de(NOVEMBRE), 2)] + [(mois(2026, 12).date().replace(day=1), r) for r in (1, 2)]
        )
    assert not fautes()


@pytest.mark.django_db
def test_une_ligne_pour_une_autre_structure_va_dans_sa_chaine():
    with situation(structure=AILLEURS):
        ecrire(2)
        assert not Acces.objects.exists()
    with situation(structure=ICI):
        assert Acces.objects.count() == 2
    assert not fautes()


@pytest.mark.django_db
def test_sans_reglage_aucune_ligne_ne_se_voit():
    ecrire(2)
    situer()
    assert not Acces.objects.exists()
    assert not Tete.objects.exists()
    situer(structure=AILLEURS)
    assert not Acces.objects.exists()
    situer(structure=ICI)
    assert Acces.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE socle_acces SET geste = 'EXPORT'",
        "DELETE FROM socle_acces",
        "TRUNCATE socle_acces",
        "UPDATE socle_tete SET rang = rang - 1",
        "UPDATE socle_tete SET structure_id = 99",
        "DELETE FROM socle_tete",
        "TRUNCATE socle_tete",
        "UPDATE socle_segment SET nombre = 0",
        "DELETE FROM socle_segment",
        "TRUNCATE socle_segment",
        "ALTER TABLE socle_acces DISABLE TRIGGER USER",
    ],
)
@pytest.mark.parametrize("tache", ["", "purge_des_journaux"])
def test_le_role_de_l_application_ne_change_ni_ne_detruit(ordre, tache):
    ecrire(2)
    ecrire(1, a=mois(2026, 12))
    situer(structure=ICI, tache=tache)
    if ordre.startswith("DELETE FROM socle_acces") and tache:
        ordre += " WHERE mois = '2026-12-01'"  # the open month: even the nightly job may not
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
        assert curseur.rowcount == 0, "rows were touched"
        raise DatabaseError("nothing was within reach")
    assert not fautes()


@pytest.mark.django_db
def test_les_declencheurs_refusent_en_disant_pourquoi():
    ecrire(2)
    situer(structure=ICI)
    for ordre in ("UPDATE socle_acces SET geste = 'EXPORT'", "DELETE FROM socle_acces"):
        with pytest.raises(DatabaseError, match="Le registre socle_acces"), transaction.atomic():
            connection.cursor().execute(ordre)


def test_deux_a_la_fois_gardent_la_chaine(base_neuve):
    erreurs = []

    def beaucoup():
        try:
            for i in range(25):
                with transaction.atomic():
                    ecrire(1, a=NOVEMBRE + timedelta(days=i))  # crosses the end of the month: one of them seals
        except Exception as erreur:
            erreurs.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=beaucoup) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert not erreurs
    with situation(structure=ICI):
        bilan = verifier(ICI, a=NOVEMBRE)
        assert Segment.objects.count() == 1
    assert (bilan.lignes, bilan.scelles, bilan.fautes) == (100, 1, [])


@pytest.mark.django_db
@pytest.mark.parametrize(("mois_ecoules", "detruits"), [(12, 0), (13, 1), (25, 13), (37, 25)])
def test_a_treize_vingt_cinq_et_trente_sept_mois_la_purge_laisse_une_chaine_saine(mois_ecoules, detruits):
    for passe in range(mois_ecoules + 1):
        ecrire(2, a=apres(passe))
    a = apres(mois_ecoules)
    faits = [d for registre, chez in chaines() for d in purger(registre, chez, a=a)]
    assert [d.lignes for d in faits] == [2] * detruits
    with situation(structure=ICI):
        bilan = verifier(ICI, a=a)
        assert Acces.objects.count() == 2 * (mois_ecoules + 1 - detruits)
        assert Segment.objects.exclude(detruit_le=None).count() == detruits
    assert (bilan.fautes, bilan.detruits) == ([], detruits)
    ecrire(1, a=a)
    assert not fautes(a=a)


@pytest.mark.django_db
def test_une_structure_qui_n_ecrit_plus_est_purgee_aussi():
    ecrire(2)
    assert len(purger(Acces.registre, ICI, a=apres(13))) == 1
    assert purger(Acces.registre, ICI, a=apres(13)) == []
    with situation(structure=ICI):
        assert not Acces.objects.exists()
    assert not fautes(a=apres(13))
    ecrire(1, a=apres(14))
    assert not fautes(a=apres(14))


@pytest.mark.django_db
def test_la_purge_ne_voit_que_les_mois_scelles():
    ecrire(2)
    situer(structure=ICI, tache="purge_des_journaux")
    with pytest.raises(DatabaseError, match="scellé"), transaction.atomic():
        Acces.objects.all().delete()


@pytest.mark.django_db
def test_les_lignes_d_une_page_attendent_la_fin_et_oublient_ce_qui_n_a_pas_eu_lieu():
    situer(structure=ICI)
    with transaction.atomic():
        with differer():
            ecrire(1)
            with pytest.raises(ValueError, match="non"), transaction.atomic():
                ecrire(5)
                raise ValueError("non")
            assert not Acces.objects.exists()
        assert Acces.objects.count() == 1
    assert not fautes()


@pytest.mark.django_db
def test_une_page_qui_echoue_n_ecrit_rien():
    situer(structure=ICI)
    with pytest.raises(ValueError, match="non"), transaction.atomic(), differer():
        ecrire(1)
        raise ValueError("non")
    assert not Acces.objects.exists()


def test_un_journal_qui_ne_s_ecrit_pas_fait_echouer_l_acte(base_neuve):
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(sql.SQL("ALTER TABLE socle_acces RENAME TO ailleurs"))
    connections["proprietaire"].close()
    with pytest.raises(JournalMuet):
        ecrire(1)


@pytest.mark.django_db
def test_la_cle_vient_de_l_environnement_ou_du_dossier(monkeypatch):
    monkeypatch.setenv(chaine.VARIABLE, "venue d'ailleurs")
    assert chaine.cle.__wrapped__() == b"venue d'ailleurs"
    monkeypatch.delenv(chaine.VARIABLE)
    assert len(chaine.cle.__wrapped__()) >= 64


def test_un_secret_tire_par_plusieurs_a_la_fois_est_le_meme(tmp_path, monkeypatch):
    monkeypatch.setenv(dossiers.VARIABLE, str(tmp_path))
    for tour in range(20):
        depart, lus = threading.Barrier(8), []

        def tirer(nom=f"cle-{tour}", depart=depart, lus=lus):
            depart.wait()
            lus.append(dossiers.secret(nom))

        fils = [threading.Thread(target=tirer) for _ in range(8)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
        assert len(lus) == 8
        assert len(set(lus)) == 1
        assert len(lus[0]) >= 64
    assert len(list(tmp_path.iterdir())) == 20

"""The index of the directory says what the rules say, and never outlives what it tells."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Fermeture, Permanence, Service, Site
from premier_accueil.annuaire.regles.emploi import Moment
from premier_accueil.orientation.regles import classement
from premier_accueil.orientation.regles.poids import poids_du_fichier
from premier_accueil.orientation.regles.tournee import tournee
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Note
from premier_accueil.orientation.requetes import memoire as module
from premier_accueil.orientation.requetes.index import Index, empreinte
from premier_accueil.orientation.requetes.lignes import CLES, garnir
from premier_accueil.orientation.requetes.memoire import memoire
from premier_accueil.orientation.requetes.offres import offre_de, zones_de
from premier_accueil.orientation.requetes.peser import Peseur
from premier_accueil.orientation.requetes.reperage import Reperage
from premier_accueil.territoire.requetes import commune_par_code
from tests.orientation import reseau
from tests.orientation.reseau import DEMARCHES, DROITS, FINANCER, INTERNET, REPARER, A

pytestmark = pytest.mark.django_db
POIDS = poids_du_fichier()
CODES = [REPARER, FINANCER, DROITS, DEMARCHES, INTERNET]
HORAIRES = ("Mo-Fr 09:00-12:00; PH off", "Mo-Fr 09:00-10:20", "Tu 14:00-17:00", "Mo-Fr 12:00-14:00", "", "Sa 09:00-12:00")


@pytest.fixture
def tirage():
    """Sixty services of every sort: near, far, unknown, remote, old; fixed seed."""
    hasard = random.Random(7)
    reseau.commune()
    for n in range(60):
        lieu = hasard.choice([(47.386 + hasard.uniform(-0.7, 0.7), -1.032 + hasard.uniform(-0.9, 0.9)), None])
        reseau.service(
            f"Service {n}", hasard.sample(CODES, hasard.randint(1, 3)), lieu=lieu,
            chez=reseau.structure(f"Structure {n % 23}", hasard.choice(("ASSOCIATION", "CCAS", "EDS"))),
            zone=hasard.choice((["44213"], ["44"], ["france"], ["49"], [])),
            publics=hasard.choice((["tous-publics"], ["jeunes"], ["seniors"], [])),
            modes_accueil=hasard.choice((["en-presentiel"], ["a-distance"], [])),
            modes_mobilisation=hasard.choice((["se-presenter"], ["telephoner", "envoyer-un-courriel"], [])),
            telephone=hasard.choice(("", "+33240000000")),
            date_maj=hasard.choice((None, A.date() - timedelta(days=hasard.randrange(900)))),
            places_libres=hasard.choice((None, 0, 3)), liste_d_attente=hasard.choice((None, True, False)),
            places_dites_le=hasard.choice((None, A.date(), A.date() - timedelta(days=40))),
            delai_jours=hasard.choice((None, 0, 12)), permanence={"horaires": hasard.choice(HORAIRES)},
            conditions_acces=("", "De 16 à 25 ans", "", "60 ans et plus")[n % 4],
        )  # fmt: skip
    Structure.objects.filter(pk__in=Structure.objects.order_by("pk").values("pk")[:8]).update(horaires="Mo 10:00-11:00")
    for deux in Service.objects.order_by("pk")[:12]:
        Permanence.objects.create(service=deux, site=Site.objects.order_by("-pk")[0], horaires="Mo-Fr 09:00-18:00")
    for valeur in (True, False):
        tires = hasard.sample(list(Permanence.objects.order_by("pk").values_list("pk", flat=True)), 15)
        Permanence.objects.filter(pk__in=tires).update(sur_rendez_vous=valeur)
    Site.objects.filter(pk__in=Site.objects.order_by("pk").values("pk")[:3]).update(point_verifie=False)
    espaces = Service.objects.filter(telephone="+33240000000").order_by("pk").values("pk")[:9]
    Service.objects.filter(pk__in=espaces).update(telephone="02 40 00 00 00")
    for fermee in hasard.sample(list(Permanence.objects.order_by("pk")), 12):
        Fermeture.objects.create(permanence=fermee, du=A.date(), au=date(2099, 1, 1))


def selon_les_regles(connu, demande, point) -> dict[int, Note]:
    """Every service that the rules keep for this request, weighed by them from its rows."""
    notes = {}
    for cle, lignes in connu.lire(list(Service.objects.order_by("pk").values_list("pk", flat=True))).items():
        offre = offre_de(lignes, demande.zones, point, POIDS.rayon_km, connu.index.ages.get(cle))
        if offre and offre.thematiques & (demande.besoins.keys() | {DROITS, DEMARCHES}):
            candidat = offre.candidat(demande)
            if classement.retenu(candidat, demande, POIDS):
                notes[cle] = classement.noter(candidat, demande, POIDS)
    return notes


@pytest.mark.parametrize("certains", [frozenset(), frozenset({"seniors"})])
@pytest.mark.parametrize("moment", [None, Moment.MIDI])
@pytest.mark.parametrize("mode", ["voiture", "pied"])
@pytest.mark.parametrize("code", ["44213", None])
def test_l_index_dit_ce_que_disent_les_regles(tirage, mode, code, moment, certains):
    """Points, hours and closings, names, ages, structure, needs answered: all is known before any row is read."""
    ici, connu = commune_par_code(code) if code else None, memoire()
    demande = BesoinsSitues(
        {REPARER: 1.0, DROITS: 0.7}, A, mode=mode, zones=zones_de(ici), publics=frozenset({"jeunes"}), age=40,
        publics_certains=certains, moment=moment, mots=frozenset({"service", "structure"}),
    )  # fmt: skip
    point = (ici.latitude, ici.longitude) if ici else None
    reperage = Reperage(connu.index, demande, POIDS, point)
    notes = {cle: note for cle, note in selon_les_regles(connu, demande, point).items() if note.couverts}
    trouves = {note.candidat.cle: note for note in reperage.tous.meneurs(reperage.demandes, 1000)}
    assert set(notes) <= set(trouves), "nothing that the rules would keep is lost"
    assert len(trouves) - len(notes) <= 1, "but at the very edge of the radius"
    for cle, note in notes.items():
        assert trouves[cle].points == pytest.approx(note.points, abs=0.01)
        assert trouves[cle].couverts == note.couverts
        assert trouves[cle].candidat.structure == note.candidat.structure
    for un, autre in itertools.combinations(notes, 2):
        lus, dits = ((d[un].candidat.doublons & d[autre].candidat.doublons) for d in (notes, trouves))
        assert bool(lus) == bool(dits), "one counter told twice"
    meneurs = sorted(notes, key=lambda cle: (-round(notes[cle].points, 2), cle))
    for limite in (1, 3, 8):
        assert [n.candidat.cle for n in reperage.tous.meneurs(reperage.demandes, limite)] == meneurs[:limite]


@pytest.mark.parametrize("besoins", [{REPARER: 1.0}, {REPARER: 1.0, INTERNET: 0.9}, {DROITS: 1.0, FINANCER: 0.8}, {}])
@pytest.mark.parametrize("limite", [1, 2, 5])
def test_ce_qui_est_lu_donne_la_liste_que_donnerait_tout_l_annuaire(tirage, besoins, limite):
    """First welcomes, structures met twice and counters told twice included, though a few rows only are read."""
    ici, connu = commune_par_code("44213"), memoire()
    demande = BesoinsSitues(besoins, A, zones=zones_de(ici), mots=frozenset({"service"}))
    notes = list(selon_les_regles(connu, demande, (ici.latitude, ici.longitude)).values())
    peseur = Peseur(demande, POIDS, connu, ici)
    accueillent = set(connu.index.cles[connu.index.accueille].tolist())
    attendus = classement.composer(
        [n for n in notes if n.couverts], [n for n in notes if n.candidat.cle in accueillent], limite, POIDS
    )
    choisis = peseur.choisir(limite)
    assert [(n.candidat.cle, accueil) for n, _, accueil in choisis] == [(n.candidat.cle, d) for n, d in attendus]
    assert len(peseur.offres) <= limite + 1 + len(besoins) + 2 * (peseur.trajet is not None)


def test_un_besoin_plus_bas_a_sa_place_dans_la_liste():
    """The services that answer it along with the loudest one do not hide those that answer it alone."""
    reseau.commune()
    for n in range(25):
        reseau.service(f"S{n}", [REPARER, FINANCER] if n < 22 else [FINANCER], chez=reseau.structure(f"S{n}"))
    ici, connu = commune_par_code("44213"), memoire()
    demande = BesoinsSitues({REPARER: 1.0, FINANCER: 0.9}, A, zones=zones_de(ici))
    notes = list(selon_les_regles(connu, demande, (ici.latitude, ici.longitude)).values())
    attendus = [note.candidat.cle for note in classement.varier(notes, 5, POIDS)]
    seuls = set(Service.objects.filter(thematiques=[FINANCER]).values_list("pk", flat=True))
    assert seuls & set(attendus)
    assert [note.candidat.cle for note, _, _ in Peseur(demande, POIDS, connu, ici).choisir(5)] == attendus


@pytest.mark.parametrize("besoins", [{REPARER: 1.0, DROITS: 0.7}, {FINANCER: 1.0, DEMARCHES: 0.9, REPARER: 0.6}])
@pytest.mark.parametrize("a", [A, A + timedelta(days=4, hours=8)])
def test_le_trajet_trouve_dans_l_index_est_celui_des_regles(tirage, besoins, a):
    """Places, needs, hours and closings: the rows are read for its stops only, and say the same."""
    ici, connu = commune_par_code("44213"), memoire()
    demande = BesoinsSitues(besoins, a, zones=zones_de(ici), mots=frozenset({"structure"}))
    poids = replace(POIDS, tournee=replace(POIDS.tournee, par_besoin=100))
    peseur, tout = Peseur(demande, poids, connu, ici), Peseur(demande, poids, connu, ici)
    cles = list(Service.objects.order_by("pk").values_list("pk", flat=True))
    arrets = [x for note in tout._peser(cles, frozenset(besoins)) for x in tout._arrets(note)]
    attendu = tournee(arrets, list(besoins), tout._ouvert, a=a, poids=poids)
    assert attendu is not None and attendu.quand is not None
    peseur.choisir(5)
    for trouve in (peseur.trajet, peseur.tournee()):
        assert trouve is not None
        assert {b: x.cle for b, x in trouve.etapes.items()} == {b: x.cle for b, x in attendu.etapes.items()}
        assert (trouve.quand, trouve.meme_lieu) == (attendu.quand, attendu.meme_lieu)


def test_l_empreinte_d_un_code_est_celle_de_la_base():
    with connection.cursor() as curseur:
        curseur.execute("SELECT ('x' || left(md5(code), 16))::bit(64)::bigint FROM unnest(%s::text[]) AS code", [CODES])
        assert [empreinte(code) for code in CODES] == [lu for (lu,) in curseur.fetchall()]


def test_un_annuaire_vide_se_lit():
    reseau.commune()
    index = memoire().index
    assert isinstance(index, Index)
    assert len(index.cles) == len(index.loin) == 0
    demande = BesoinsSitues({REPARER: 1.0}, A, zones=zones_de(commune_par_code("44213")))
    assert Peseur(demande, POIDS, memoire(), commune_par_code("44213")).choisir(5) == []


def test_les_ages_des_conditions_sont_lus_une_fois():
    reseau.commune()
    fait = reseau.service("Garage", [REPARER], chez=reseau.structure("G"), conditions_acces="Avoir entre 16 et 25 ans.")
    assert memoire().index.ages == {fait.pk: (16, 25)}


def proposes() -> list[int]:
    ici = commune_par_code("44213")
    demande = BesoinsSitues({REPARER: 1.0}, A, zones=zones_de(ici))
    return [ligne.service for _, ligne, _ in Peseur(demande, POIDS, memoire(), ici).choisir(20)]


@pytest.mark.parametrize("grand", [False, True])
def test_t15_ce_qui_change_dans_l_annuaire_se_voit_aussitot(monkeypatch, grand):
    """At the size of the country too, where the index itself is only made again a moment later."""
    reseau.commune()
    garde, ferme, retire, deplace = (
        reseau.service(n, [REPARER], chez=reseau.structure(n)) for n in ("Reste", "Ferme", "Retiré", "Déplacé")
    )
    assert set(proposes()) == {garde.pk, ferme.pk, retire.pk, deplace.pk}
    index = memoire().index
    if grand:
        monkeypatch.setattr(module, "PETIT", 0)
        monkeypatch.setattr(module._etat, "en_cours", True)  # its making is not started: the moment lasts
    Service.objects.filter(pk=ferme.pk).update(ferme_le=date(2026, 11, 1))
    Service.objects.filter(pk=deplace.pk).update(zone=["49"])
    retire.delete()
    neuf = reseau.service("Neuf", [REPARER], chez=reseau.structure("Neuf"))
    assert set(proposes()) == {garde.pk, neuf.pk}
    assert (memoire().index is index) == grand


def test_ce_qui_vient_de_fermer_laisse_sa_place(monkeypatch):
    """The index of a large directory may be a moment late: the list is as long, of what still stands."""
    reseau.commune()
    faits = [reseau.service(f"S{n}", [REPARER], chez=reseau.structure(f"S{n}")).pk for n in range(9)]
    avant = [p for p in proposes() if p in faits]
    assert len(avant) == 9
    monkeypatch.setattr(module, "PETIT", 0)
    monkeypatch.setattr(module._etat, "en_cours", True)
    Service.objects.filter(pk__in=avant[:4]).update(ferme_le=date(2026, 11, 1))
    ici = commune_par_code("44213")
    demande = BesoinsSitues({REPARER: 1.0}, A, zones=zones_de(ici))
    choisis = Peseur(demande, POIDS, memoire(), ici).choisir(5)
    assert [ligne.service for _, ligne, _ in choisis] == avant[4:]


@pytest.mark.parametrize("cles", [[], [3], [3, 5], list(range(40))])
def test_les_cles_demandees_sont_repetees_sans_rien_ajouter(cles):
    garnies = garnir(cles)
    assert set(garnies) == set(cles or [0])
    assert len(garnies) >= CLES
    assert garnies[: len(cles)] == cles


def test_ce_qui_a_ete_lu_ne_l_est_plus_et_reste_borne(monkeypatch):
    reseau.commune()
    faits = [reseau.service(f"S{n}", [REPARER], chez=reseau.structure(f"S{n}")).pk for n in range(4)]
    monkeypatch.setattr(module, "SERVICES_GARDES", 3)
    connu = memoire()
    with CaptureQueriesContext(connection) as requetes:
        assert len(connu.lire(faits[:2])) == len(connu.lire(faits[:2])) == 2
    assert len(requetes) == 1, "rows and closings together, once"
    assert len(connu.lire(faits)) == 4
    assert len(connu._lignes) <= 3
    Permanence.objects.all().delete()
    assert all(ligne.permanence is None for lignes in memoire().lire(faits).values() for ligne in lignes)

"""The interview through its pages: what is typed is never lost, nobody's words are replaced, nothing is retyped."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from premier_accueil.accueil.models import Besoin, Passage
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.entretien.models import Entretien, NotePrivee, PointDeSituation, ReferentDeParcours
from premier_accueil.partage.models import Accord
from tests import fabriques as f
from tests.entretien import situations as e
from tests.pages.conftest import connecte
from tests.personnes import situations as p
from tests.personnes.parcours import texte

pytestmark = pytest.mark.django_db
COMPLET = {"version": 1, "diagnostic": "Loyer impayé depuis deux mois.", "natures": ["DEMARCHE_ENSEMBLE"], "note": ""}


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Camille")


@pytest.fixture
def bureau(camille):
    return connecte(camille)


@pytest.fixture
def collegue(lieu, camille):
    role = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL, nom="Dominique")
    p.se_placer(camille)
    return connecte(role)


def adresse(nom, *cles):
    return reverse(f"entretien:{nom}", args=cles)


def ouvrir(client, role, **champs):
    cle = e.passage(role, **champs)
    return client.post(adresse("ouvrir", cle))["Location"]


def test_de_la_file_a_l_entretien_sans_rien_retaper(bureau, camille):
    page = texte(bureau.get(ouvrir(bureau, camille, besoins=(f.REPARER,), commune_id=f.commune().pk)))
    for mot in ("Je ne paie plus mon loyer", "Alix", "Loireauxence", "Au guichet".lower(), "un véhicule"):
        assert mot in page, mot
    assert page.count("<h1") == 1


def test_rien_n_est_obligatoire_sauf_le_diagnostic_et_une_reponse(bureau, camille):
    ou = ouvrir(bureau, camille)
    reponse = bureau.post(ou, {"version": 1, "note": "Ma note", "clore": "oui"})
    page = texte(reponse)
    assert reponse.status_code == 400
    assert "Il manque la phrase de diagnostic" in page and "Il manque une première réponse" in page
    assert "Ma note" in page
    assert NotePrivee.objects.get().texte == "Ma note"  # refused to close, kept all the same
    assert bureau.post(ou, COMPLET | {"version": 2, "clore": "oui"}).status_code == 302
    clos = texte(bureau.get(ou))
    assert "Entretien terminé" in clos and "Démarche faite ensemble" in clos
    assert Passage.objects.get().clos_le is not None


def test_deux_qui_ecrivent_voient_les_deux_textes_cote_a_cote(bureau, collegue, camille):
    ou = ouvrir(bureau, camille)
    assert bureau.post(ou, COMPLET | {"resume": "Texte de Camille"}).status_code == 302
    reponse = collegue.post(ou, {"version": 1, "diagnostic": "Loyer", "resume": "Texte de Dominique"})
    page = texte(reponse)
    assert reponse.status_code == 409
    assert "Texte de Camille" in page and "Texte de Dominique" in page and "Rien n'a été remplacé" in page
    assert 'name="version" value="2"' in page
    assert Entretien.objects.get().resume == "Texte de Camille"
    assert collegue.post(ou, {"version": 2, "resume": "Les deux"}).status_code == 302
    assert Entretien.objects.get().resume == "Les deux"


def test_la_sauvegarde_automatique_et_ses_refus(bureau, collegue, camille):
    garder = ouvrir(bureau, camille) + "garder/"
    assert bureau.post(garder, COMPLET).json() == {"version": 2}
    assert bureau.post(garder, COMPLET).json() == {"version": 2}  # the answer was lost on the way: no conflict
    conflit = collegue.post(garder, {"version": 1, "resume": "Autre"})
    assert conflit.status_code == 409 and "Votre texte est gardé" in conflit.json()["refus"][0]
    enfant = bureau.post(garder, COMPLET | {"version": 2, "presents": ["ENFANT"]})
    assert enfant.status_code == 400 and "Un enfant ne traduit jamais" in enfant.json()["refus"][0]
    assert bureau.post(garder, {"resume": "sans version"}).status_code == 400


def test_une_session_finie_ne_repond_jamais_que_c_est_enregistre(bureau, camille):
    """The script reads a redirect or a 403 as a closed session and keeps the text in the tab."""
    ou = ouvrir(bureau, camille)
    bureau.post(reverse("compte:verrouiller"))
    assert bureau.post(ou + "garder/", COMPLET | {"resume": "x"}).status_code == 302
    bureau.logout()
    assert bureau.post(ou + "garder/", COMPLET | {"resume": "x"}).status_code == 302
    p.se_placer(camille)
    assert Entretien.objects.get().resume == ""


def test_t22_le_brouillon_reste_dans_l_onglet_de_son_auteur():
    from tests.environnement import RACINE

    maison = RACINE / "premier_accueil/pages/static/maison"
    entretien, commun = (maison / "entretien.js").read_text(), (maison / "maison.js").read_text()
    assert "localStorage" not in entretien + commun
    assert "brouillon:${document.body.dataset.compte}:entretien:${numero}" in entretien
    assert 'cle.startsWith(garder + ":")' in commun  # another account's drafts go at the first page
    assert 'redirect: "manual"' in entretien and "opaqueredirect" in entretien


def test_la_note_de_travail_n_est_pas_montree_au_collegue(bureau, collegue, camille):
    ou = ouvrir(bureau, camille)
    bureau.post(ou, COMPLET | {"note": "Secret de bureau", "resume": "À partager"})
    assert "Secret de bureau" in texte(bureau.get(ou))
    vue = texte(collegue.get(ou))
    assert "Secret de bureau" not in vue and "À partager" in vue and 'name="note"' not in vue
    collegue.post(ou, {"version": 2, "resume": "Complété"})
    assert NotePrivee.objects.get().texte == "Secret de bureau"


def test_le_resume_se_copie_sans_script_aussi(bureau, camille):
    ou = ouvrir(bureau, camille)
    bureau.post(ou, COMPLET | {"resume": "Deux mois de loyer, CAF saisie.", "clore": "oui"})
    page = texte(bureau.get(ou))
    assert "data-copier" in page and "readonly" in page and "Ctrl+C" in page


def test_t21_un_enfant_ne_traduit_jamais_et_l_interprete_est_propose(bureau, camille):
    ou = ouvrir(bureau, camille)
    reponse = bureau.post(ou, COMPLET | {"presents": ["ENFANT", "CONJOINT"], "resume": "Gardé"})
    page = texte(reponse)
    assert reponse.status_code == 400
    assert "interprète par téléphone" in page and "Gardé" in page
    assert bureau.post(ou, COMPLET | {"presents": ["ENFANT_PRESENT", "INTERPRETE"]}).status_code == 302
    assert Entretien.objects.get().presents == ["ENFANT_PRESENT", "INTERPRETE"]


def test_t21_la_securite_devant_un_proche_se_reprend_seul_a_seul(bureau, camille):
    personne_id = p.personne(camille)
    cle = e.entretien(camille, personne_id=personne_id)
    bureau.post(adresse("un", cle), COMPLET | {"presents": ["CONJOINT"], "domaine_SECURITE": "Elle a peur de rentrer."})
    page = texte(bureau.get(adresse("un", cle)))
    assert "seul à seul" in page and reverse("partage:demander", args=[personne_id]) in page
    assert not Accord.objects.exists()


def test_t8_un_mineur_seul_est_recu_et_rien_ne_part_aux_parents(bureau, camille):
    from premier_accueil.socle import envoi

    cle = e.entretien(camille, personne_id=p.personne(camille, annee=2011, telephone="06 11 22 33 44"))
    ou = adresse("un", cle)
    assert "Rien n'est envoyé à ses parents" in texte(bureau.get(ou))
    assert bureau.post(ou, COMPLET | {"clore": "oui"}).status_code == 302
    bureau.post(adresse("prevoir_2", cle), rencontre(camille))
    assert PointDeSituation.objects.count() == 1
    for module in ("actions", "regles", "requetes"):
        assert "envoi" not in vars(__import__(f"premier_accueil.entretien.{module}", fromlist=["x"]))
    assert envoi is not None


def test_t9_l_interet_de_la_personne_passe_par_elle(bureau, camille):
    """A measure of protection closes nothing: the interview is held with her, and its pages name no protector."""
    cle = e.entretien(camille, personne_id=p.personne(camille))
    page = texte(bureau.get(adresse("un", cle)))
    assert "protecteur" not in page and "Son curateur, son tuteur" in page


def test_t5_une_personne_anonyme_est_recue_entierement(bureau, camille):
    reponse = bureau.post(adresse("nouveau"), {"site": camille_site(camille), "canal": "TELEPHONE", "demande_id": str(uuid4())})
    ou = reponse["Location"]
    assert "anonyme" in texte(bureau.get(ou)).lower()
    bureau.post(ou, COMPLET | {"clore": "oui"})
    assert Passage.objects.get().personne_id is None
    assert "Entretien terminé" in texte(bureau.get(ou))
    personne_id = p.personne(camille)
    dossier = ou + "dossier/"
    trouve = bureau.post(dossier, {"texte": "Louise Martin", "geste": "chercher"})
    assert "Louise" in texte(trouve)
    assert bureau.post(dossier, {"texte": "Louise Martin", "avec": personne_id}).status_code == 302
    assert Passage.objects.get().personne_id == personne_id


def camille_site(role):
    from premier_accueil.annuaire.models import Site

    return Site.objects.filter(structure_id=role.structure_id).values_list("pk", flat=True)[0]


def test_un_double_clic_n_ouvre_qu_un_entretien(bureau, camille):
    envoi = {"site": camille_site(camille), "canal": "GUICHET", "demande_id": str(uuid4())}
    assert bureau.post(adresse("nouveau"), envoi)["Location"] == bureau.post(adresse("nouveau"), envoi)["Location"]
    assert Entretien.objects.count() == 1


def rencontre(role, **champs):
    return {
        "jour": "2027-02-23", "heure": "10:00", "compte": role.compte_id, "demande_id": str(uuid4())
    } | champs  # fmt: skip


def test_un_point_de_situation_en_deux_clics(bureau, camille):
    cle = e.clos(camille)
    propose = texte(bureau.get(adresse("prevoir_2", cle)))
    assert 'value="2027-02-23"' in propose and 'value="10:00"' in propose and "Camille (vous)" in propose
    assert bureau.post(adresse("prevoir_2", cle), rencontre(camille)).status_code == 302
    assert "mardi 23 février 2027" in texte(bureau.get(adresse("un", cle)))
    point = PointDeSituation.objects.get()
    page = texte(bureau.get(adresse("point", point.pk)))
    assert "Commencer" in page and "Donner une autre date" in page
    refus = bureau.post(adresse("reprevoir", point.pk), rencontre(camille, version=1, motif="DEMANDE"))
    assert refus.status_code == 400 and "Prévenez d'abord" in texte(refus)
    changer = rencontre(camille, jour="2027-02-24", version=1, motif="DEMANDE", prevenue="on")
    assert bureau.post(adresse("reprevoir", point.pk), changer).status_code == 302
    bureau.post(adresse("point_manquer", point.pk), {"version": 2})
    assert "n'est pas venue" in texte(bureau.get(adresse("point", point.pk)))


def test_t11_une_date_decalee_dit_pourquoi(bureau, camille):
    cle = e.clos(camille, a=f.LUNDI_10H - timedelta(days=61))  # 23 September: six months lead to 23 March
    assert "Date décalée" not in texte(bureau.get(adresse("prevoir_3", cle)))
    cle = e.clos(camille, a=f.LUNDI_10H + timedelta(days=5))  # 28 November: three months lead to a Sunday
    assert "le 28/02/2027 est un dimanche" in texte(bureau.get(adresse("prevoir_2", cle)))


def test_un_accompagnement_accepte_nomme_un_referent(bureau, camille):
    personne_id = p.personne(camille)
    envoi = {"compte": camille.compte_id, "demande_id": str(uuid4())}
    refus = bureau.post(adresse("nommer", personne_id), envoi)
    assert refus.status_code == 400 and not ReferentDeParcours.objects.exists()
    assert bureau.post(adresse("nommer", personne_id), envoi | {"acceptee": "on"}).status_code == 302
    assert "Camille" in texte(bureau.get(adresse("parcours", personne_id)))


def test_un_besoin_se_ferme_avec_ce_qui_y_repond(bureau, camille):
    ou = ouvrir(bureau, camille, besoins=(f.REPARER,))
    besoin = Besoin.objects.get()
    assert "besoins" in adresse("besoins")
    bureau.post(adresse("noter_sans_reponse", besoin.pk), {"retour": ou})
    assert "sans réponse ici" in texte(bureau.get(adresse("besoins")))
    reponse = bureau.post(adresse("repondre_au_besoin", besoin.pk), {"reponse": "CONSEIL", "retour": ou})
    assert reponse["Location"] == ou
    assert "Tous les besoins ont leur réponse" in texte(bureau.get(adresse("besoins")))
    ailleurs = bureau.post(adresse("repondre_au_besoin", besoin.pk), {"retour": "https://exemple.test/"})
    assert ailleurs["Location"] == adresse("besoins")


def test_ma_journee_rassemble_tout(bureau, camille):
    e.tout(camille, p.personne(camille))
    page = texte(bureau.get(adresse("journee")))
    for mot in ("Ma journée", "Appeler le bailleur", "1 besoin sans réponse", "Entretiens à terminer"):
        assert mot in page, mot


def test_le_curseur_propose_et_n_empeche_rien(bureau, camille):
    ou = ouvrir(bureau, camille, mots="Une famille arrivée récemment en France, deux enfants")
    page = texte(bureau.get(ou))
    assert "le service social du département" in page and "c'est vous, avec la personne, qui décidez" in page.lower()
    assert bureau.post(ou, COMPLET | {"clore": "oui"}).status_code == 302


def test_une_vignette_reconnaissable_demande_une_relecture(bureau):
    envoi = {"texte": "Mme Petit attend.", "question": "Que faire ?", "demande_id": str(uuid4())}
    refus = bureau.post(adresse("vignettes"), envoi)
    assert refus.status_code == 400 and "sans le nom" in texte(refus) and "Mme Petit attend." in texte(refus)
    assert bureau.post(adresse("vignettes"), envoi | {"relu": "on"}).status_code == 302


@pytest.mark.parametrize("fonction", [x.value for x in Fonction])
def test_seul_le_travail_social_entre(clients, fonction):
    client = clients(fonction)
    for nom in ("journee", "nouveau", "besoins", "absences", "vignettes"):
        assert client.get(adresse(nom)).status_code == (200 if fonction == "TRAVAIL_SOCIAL" else 403)
    attendu = 200 if fonction in {"TRAVAIL_SOCIAL", "REFERENT_METIER"} else 403
    assert client.get(adresse("conseils")).status_code == attendu

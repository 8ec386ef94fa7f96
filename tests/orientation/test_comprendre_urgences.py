"""Urgencies: never missed in everyday words, rarely rung for nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from data_inclusion.schema import v1

from premier_accueil.orientation import comprendre
from premier_accueil.orientation.comprendre.motifs import compiler
from premier_accueil.socle import dossiers

URGENTS = {
    "VIOLENCE": """
        mon mari me tape|il me frappe|il ma frapé hier soir|mon copain me bat|mon ex me menace de mort|g peur de mon mari
        ma voisine se fait taper par son mari|il m'a mis un coup de poing|femme victime de VC, peur de rentrer
        mon conjoint est violent avec moi et les enfants|il a essayé de m'étrangler|mon mari m'enferme à la maison
        elle s'est enfuie de chez elle avec ses enfants|il veut me tuer|mon frère me cogne dessus
        violences conjugales, dame à l'accueil avec des bleus|ma femme me tape|mon père veut me marier de force
        j'ai peur de rentrer chez moi ce soir|il m'a étranglée|mon compagnon me donne des coups|mon mari lève la main sur moi
        mon mari a confisqué mes papiers et mon téléphone|il dit qu'il va me tuer si je pars|suis battue par mon mari
        il me harcèle et me suit partout depuis la séparation, j'ai peur|il m'a tapée devant les petits|il me bas tout les jours""",
    "SUICIDE": """
        j'ai envie d'en finir|je veux mourir|j'en peux plus de vivre|g envie de me foutre en l'air|je vais me pendre
        mon fils dit qu'il veut se tuer|elle a avalé tous ses cachets|j'ai des idées noires, je pense à la mort
        personne suicidaire à l'accueil|je veux plus vivre|à quoi bon vivre, ça sert à rien de vivre
        ma fille se scarifie|tout le monde serait mieux sans moi|il parle de se suicider|vaut mieux mourir
        je pense au suiside|je vais sauter du pont|jvai me tuer|plus envie de vivre depuis la mort de ma femme""",
    "SANS_ABRI": """
        jdors dehors|on dort dans la voiture|je sais pas où dormir ce soir|à la rue avec mes deux enfants
        mon père m'a foutu dehors|sdf cherche hébergement|je dors dans ma caisse depuis une semaine|g nulle part ou dormir
        nous sommes sans abri|le 115 répond pas|pas d'endroit pour cette nuit|ma mère m'a mis à la porte
        je vis sous une tente|il dort à la gare|famille sans solution ce soir|j'ai plus de toit
        le 115 est complet et on est 4|je couche sur un banc|sortie d'hôpital demain sans solution d'hébergement
        besoin d'un lit pour ce soir|je dors dehors il fait froid|on dort dehors et il pleut
        je sais plus où aller avec le bébé|il me met dehors ce soir il fait froid""",
    "FAIM": """
        plus rien à manger depuis hier|g plu rien a bouffé|mes enfants ont rien mangé aujourd'hui|le frigo est vide
        on a faim|j'ai pas mangé depuis deux jours|je peux plus nourrir mes gosses|plus de lait pour le bébé
        besoin d'un colis alimentaire en urgence|je fais les poubelles pour manger|on crève la dalle
        les petits se couchent le ventre vide|plus un sou pour manger|rien à manger avec mon chien""",
    "ENFANT_EN_DANGER": """
        mon fils se fait taper par son père|un enfant battu dans l'immeuble|la petite a des traces de coups
        mon beau-père me touche|la voisine laisse ses enfants tout seuls la nuit|ma fille a fugué
        j'ai peur que mon ex frappe le petit|bébé secoué|enfant en danger chez les voisins
        mes parents me frappent|mon neveu arrive à l'école couvert de bleus|j'ai peur de faire du mal à mon bébé""",
    "URGENCE_MEDICALE": """
        un monsieur fait un malaise à l'accueil|elle ne respire plus|il a mal dans la poitrine|ma mère a perdu connaissance
        elle a perdu les eaux|il saigne beaucoup|il fait une crise d'épilepsie|j'arrive plus à respirer
        appelez une ambulance|mon fils a bu de la javel|son visage est paralysé d'un côté|il est tombé et il bouge plus
        elle ne répond plus j'ai appelé les pompiers|ma femme accouche dans la voiture""",
    "INCENDIE": "il y a le feu dans la cuisine|ça sent le gaz|mon appartement brûle|de la fumée partout dans l'immeuble|le poêle a pris feu",
    "OVERDOSE": "il a fait une overdose dans les toilettes|elle a pris trop de méthadone|il est ivre mort et se réveille plus",
    "VIOLENCE_SEXUELLE": """
        j'ai été violée|il m'a violé|mon patron me touche les fesses|agression sexuelle dans le bus
        le propriétaire veut des relations sexuelles contre le loyer|mon mari me force à coucher""",
    "MALTRAITANCE": """
        ma mère se fait maltraiter à l'ehpad|l'aide à domicile vole l'argent de ma grand-mère
        son fils frappe sa vieille mère|personne âgée maltraitée par son neveu""",
    "EXPULSION": """
        l'huissier vient m'expulser demain|on va être expulsés lundi|la police vient nous mettre dehors de l'appartement
        le proprio a changé les serrures|commandement de quitter les lieux""",
    "COUPURE": """
        edf a coupé le courant et j'ai un bébé|plus d'électricité et mon mari est sous respirateur
        coupure d'eau avec un nourrisson|ils nous ont coupé le chauffage, j'ai trois enfants
        eau coupée facture impayée deux enfants|facture d'électricité impayée, on m'a coupé
        pas pu payer l'électricité, c'est coupé|j'ai plus d'électricité, facture impayée
        fournisseur a coupé électricité malade respirateur""",
    "MINEUR_ISOLE": "j'ai 16 ans je suis seul en France|mineur isolé sans parents|il a 15 ans ses parents l'ont mis dehors",
    "TRAITE": """
        mon patron a pris mon passeport|on me force à me prostituer|je travaille jour et nuit sans être payée chez madame
        victime de traite des êtres humains""",
    "AGRESSIVITE": "un monsieur agressif à l'accueil|il a sorti un couteau|l'usager menace de tout casser",
}
ANODINS = """
    je me noie dans les papiers|on se noie dans les dettes|j'ai le couteau sous la gorge avec la banque
    je tue le temps|mort de rire|batterie morte|ma voiture est morte|je suis crevé|je vais me tuer à la tâche
    mon téléphone est mort|le chat est mort|j'ai une faim de loup|j'ai pas faim|coup de main pour un dossier
    je me bats pour garder mon logement|le chien dort dehors|je travaille dehors|mon vélo dort dans la rue
    j'habite rue de la paix|je suis tombé en panne|je suis tombée enceinte|j'ai pris un coup de froid|un coup de fil à la caf
    j'arrive pas à dormir|je dors mal|je veux finir ma formation|en finir avec cette dette|j'en finis pas avec la paperasse
    le pneu est crevé|je frappe à toutes les portes|j'ai tapé mon cv à l'ordinateur|film violent à la télé|coup de cœur
    je suis mort de fatigue|la chaudière est morte|ma mère est morte il y a un mois|je tape le code et ça marche pas
    fins de mois difficiles|formation incendie ssiap|je veux devenir pompier volontaire|détecteur de fumée
    prise de sang|don du sang|secours catholique c'est où|préparation à l'accouchement|je suis à bout de souffle financièrement
    faire du bénévolat aux restos du coeur|bénévole pour les sans abri|mon fils tape ses camarades à l'école
    faire garder mon bébé|je suis maman solo avec deux enfants|on m'a coupé internet|coupure de téléphone
    j'ai perdu mon travail|mon patron m'a mis à la porte|viré de mon boulot|facture d'électricité trop chère
    la caf m'a coupé le rsa|cherche un garage pour ma voiture|je voudrais louer un parking|permis de conduire
    mon fils ne veut pas manger à la cantine|un repas pour les anciens|cours de cuisine|j'ai mangé à la cantine
    mon dos me tue|ça me tape sur les nerfs|mon fils est dans la lune|changer de logement|je m'étouffe sous les dettes
    le propriétaire ne rend pas la caution|garde d'enfants le soir|cinéma ce soir|sortir ce soir
    je ne dors pas dehors j'ai un logement|il ne me frappe pas|mon mari n'est pas violent|je suis pas à la rue
    j'ai 16 ans et je cherche un stage|mon fils de 15 ans décroche au collège|traiter mon dossier|exploitation agricole
    je me suis cogné le genou|mes plantes vont mourir|tu me tues avec tes blagues|la crise du logement
    violence à l'école, atelier de prévention|conférence sur les violences|mon ordi a rendu l'âme|expulsé du territoire oqtf
    divorcée après violences il y a 10 ans|mon locataire, je veux l'expulser|alimentation équilibrée
    je n'arrive plus à payer l'électricité|je paie plus l'électricité que le loyer|comment ouvrir un compteur d'électricité
    plus de lumière dans la cage d'escalier|dehors il fait froid, les bus ne passent plus|il fait froid dehors
    il répond pas au téléphone|la caf ne répond pas à mes appels|je me tape tout le ménage|je mange mal en ce moment
    je touche plus rien|je sais pas où aller avec ce courrier|un accouchement dans deux mois|jamais été expulsé
    je cherche à travailler avec les enfants|je voudrais quand même finir mes études|les enfants jouent dehors
"""
AUTOUR = """
    il fait froid|depuis trois jours|cette nuit|je suis enceinte|j'ai plus mes médicaments|pas mangé depuis hier|il boit beaucoup
    la police est venue|j'ai appelé les pompiers|c'est cher|je suis au RSA|j'ai reçu une lettre d'huissier|j'ai mal au dos
    je sais plus quoi faire|il a un couteau|mon fils est malade
"""


def _cas(texte: str) -> list[str]:
    return [cas.strip() for ligne in texte.strip().splitlines() for cas in ligne.split("|") if cas.strip()]


POSITIFS = [(motif, cas) for motif, textes in URGENTS.items() for cas in _cas(textes)]


@pytest.fixture(scope="module")
def lecteur():
    return comprendre.charger()


def test_les_tables_sont_assez_larges():
    assert len(POSITIFS) >= 80
    assert len(_cas(ANODINS)) >= 60


@pytest.mark.parametrize("autour", _cas(AUTOUR))
def test_ce_qui_se_dit_autour_ne_fait_pas_taire_une_urgence(lecteur, autour):
    """Dictated without a stop: "je dors dehors il fait froid" was taken for the weather."""
    tues = [
        texte
        for _, urgent in POSITIFS
        for texte in (f"{urgent} {autour}", f"{autour} {urgent}")
        if not lecteur.reperer_urgences(texte)
    ]
    assert tues == []


@pytest.mark.parametrize(("motif", "texte"), POSITIFS)
def test_une_urgence_est_entendue(lecteur, motif, texte):
    motifs = [u.motif for u in lecteur.reperer_urgences(texte)]
    assert motif in motifs, motifs


DICTEE = (
    "bonjour je viens parce que j'ai reçu un courrier de la caf pour mon dossier il manque une pièce et je comprends pas"
    " ce qu'ils veulent alors je voudrais qu'on m'aide à remplir le papier et puis aussi pour le permis de ma fille elle"
    " a dix huit ans elle voudrait passer le code mais c'est cher on m'a dit qu'il y avait une aide de la région et pour"
    " mon fils il cherche un stage de troisième dans le bâtiment il a fait plein de lettres"
)


def test_une_urgence_dite_au_bout_d_une_longue_dictee_n_est_pas_tue(lecteur):
    tues = [texte for _, texte in POSITIFS if lecteur.comprendre(f"{DICTEE} {texte}").urgence is None]
    assert tues == []


def test_ce_que_les_motifs_entendent_le_modele_ne_le_tait_pas(lecteur):
    lignes = (Path(__file__).parent / "cas" / "urgences.tsv").read_text(encoding="utf-8").splitlines()
    dites = [ligne.split("\t") for ligne in lignes if ligne and not ligne.startswith("#")]
    urgentes = [dite[0] for dite in dites if dite[1:] and dite[1]]
    entendues = [texte for texte in urgentes if lecteur.reperer_urgences(texte)]
    assert len(entendues) >= 300
    assert [texte for texte in entendues if lecteur.comprendre(texte).urgence is None] == []



@pytest.mark.parametrize("texte", _cas(ANODINS))
def test_une_tournure_anodine_ne_sonne_pas(lecteur, texte):
    assert [u.motif for u in lecteur.reperer_urgences(texte)] == []


def test_chaque_fiche_est_complete(lecteur):
    codes = {str(t.value) for t in v1.Thematique}
    fiches = lecteur.urgences()
    assert len({f.motif for f in fiches}) == len(fiches) >= 14
    for fiche in fiches:
        assert fiche.numeros, fiche.motif
        assert 3 <= len(fiche.conduite) <= 6, fiche.motif
        assert all(len(c) <= 125 and c.endswith((".", "?")) for c in fiche.conduite), fiche.motif
        assert set(fiche.thematiques) <= codes, fiche.motif


def test_chaque_numero_a_sa_source_et_sa_date():
    brut = yaml.safe_load((dossiers.donnees() / "urgences.yaml").read_text(encoding="utf-8"))
    for cle, numero in brut["numeros"].items():
        assert numero["source"], cle
        assert isinstance(numero["verifie"], date), cle
    cites = {str(n) for fiche in brut["urgences"].values() for n in fiche["numeros"]}
    assert cites == {str(n) for n in brut["numeros"]}


@pytest.mark.parametrize(
    ("motif", "phrase"),
    [
        ("VIOLENCE", "Ne notez pas l'adresse où elle se met à l'abri."),
        ("SUICIDE", "Ne laissez pas la personne seule."),
        ("ENFANT_EN_DANGER", "Ne questionnez pas l'enfant. Notez seulement que la démarche est engagée."),
    ],
)
def test_la_conduite_dit_ce_qu_il_ne_faut_pas_faire(lecteur, motif, phrase):
    (fiche,) = [f for f in lecteur.urgences() if f.motif == motif]
    assert phrase in fiche.conduite


def test_le_bon_numero_vient_avec_l_urgence(lecteur):
    attendus = {"VIOLENCE": "17", "SANS_ABRI": "115", "SUICIDE": "3114", "ENFANT_EN_DANGER": "119", "INCENDIE": "18"}
    for fiche in lecteur.urgences():
        if fiche.motif in attendus:
            assert attendus[fiche.motif] in {n.numero for n in fiche.numeros}


def test_le_passe_baisse_le_niveau_et_l_ancien_l_eteint(lecteur):
    assert lecteur.reperer_urgences("mon mari me frappe")[0].niveau == "VITALE"
    assert lecteur.reperer_urgences("mon ex me frappait")[0].niveau == "ELEVEE"
    assert lecteur.reperer_urgences("mon ex me frappait il y a 12 ans") == ()
    assert lecteur.comprendre("mon ex me frappait il y a 12 ans").urgence is None


def test_la_plus_grave_vient_d_abord_puis_la_plus_precise(lecteur):
    graves = [u.motif for u in lecteur.reperer_urgences("je dors dehors et je veux mourir")]
    assert graves == ["SUICIDE", "SANS_ABRI"]
    assert lecteur.reperer_urgences("ma grand-mère se fait frapper par l'aide à domicile")[0].motif == "MALTRAITANCE"


def test_un_motif_mal_ecrit_est_refuse():
    with pytest.raises(ValueError, match="Unbalanced"):
        compiler(["(mon mari"], {})
    with pytest.raises(ValueError, match="Unknown list"):
        compiler(["<inconnu>"], {})


def test_planchers_sur_la_table_des_urgences(lecteur):
    lignes = (Path(__file__).parent / "cas" / "urgences.tsv").read_text(encoding="utf-8").splitlines()
    cas = [ligne.split("\t") for ligne in lignes if ligne and not ligne.startswith("#")]
    vus = {texte: [u.motif for u in lecteur.reperer_urgences(texte)] for texte, _ in cas}
    urgents = [(texte, motif) for texte, motif in cas if motif]
    entendus = sum(motif in vus[texte] for texte, motif in urgents)
    faux = sum(bool(vus[texte]) for texte, motif in cas if not motif)
    assert len(urgents) >= 380
    assert len(cas) - len(urgents) >= 200
    assert entendus / len(urgents) >= 0.94
    assert faux <= 5


def test_chaque_conduite_est_une_phrase_et_chaque_motif_du_texte():
    brut = yaml.safe_load((dossiers.donnees() / "urgences.yaml").read_text(encoding="utf-8"))
    for motif, fiche in brut["urgences"].items():
        for champ in ("conduite", "exemples", "dit", "sauf", "sauf_phrase", "passe"):
            assert all(isinstance(x, str) for x in fiche.get(champ, ())), (motif, champ)
    assert not [x for liste in brut["mots"].values() for x in liste if isinstance(x, bool)]


@pytest.mark.parametrize(
    "texte",
    [
        "le jugement est tombé, jeudi matin on vide l'appartement et on a nulle part",
        "on a reçu le courrier du commissaire, mercredi à huit heures il vient avec le serrurier",
        "la lettre dit que demain matin on sera sur le trottoir avec les petits",
    ],
)
def test_ce_qui_est_annonce_pour_les_jours_qui_viennent_est_a_verifier_en_parlant(texte):
    """No pattern hears them, and "lettre" or "jugement" alone tell of a matter under way: shown, as something to check."""
    lecteur = comprendre.charger()
    assert lecteur.reperer_urgences(texte) == ()
    urgence = lecteur.comprendre(texte).urgence
    assert urgence is not None
    assert (urgence.motif, urgence.niveau) == ("EXPULSION", "ELEVEE")

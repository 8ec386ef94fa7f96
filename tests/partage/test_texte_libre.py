"""T18: a gentle, local re-reading before saving; no alarm on ordinary words of a counter."""

from __future__ import annotations

import pytest

from premier_accueil.partage.regles import relire

ORDINAIRES = """
Ma voiture est en panne et je ne peux plus aller travailler.
Demande un dossier de logement social.
La CAF n'a pas versé l'APL depuis deux mois.
A reçu un courrier d'huissier pour une dette d'électricité.
Souhaite prendre rendez-vous avec l'assistante sociale.
Vient chercher son courrier de domiciliation.
Perte de la carte d'identité, demande comment la refaire.
Madame vient d'arriver sur la commune avec ses deux enfants.
Monsieur parle espagnol, souhaite un interprète.
Ne comprend pas la lettre de la caisse primaire d'assurance maladie.
Est en arrêt maladie depuis trois semaines, attend ses indemnités.
Veut faire une demande d'allocation aux adultes handicapés.
Demande où en est son dossier à la MDPH.
Demande la carte mobilité inclusion mention stationnement handicap.
Cherche un mode de garde pour pouvoir reprendre le travail.
N'a plus de quoi manger jusqu'à la fin du mois.
Le chauffage est coupé depuis hier soir.
Le propriétaire veut vendre la maison, préavis de six mois.
Cherche une formation de cariste.
Ne sait pas utiliser le site des impôts.
Demande une aide pour payer la cantine.
A besoin d'une attestation de droits.
Son fils de 19 ans cherche un stage.
Est seule pour garder son père qui ne marche plus.
Demande la prime d'activité, ne sait pas s'il y a droit.
Vient pour le pass numérique.
Souhaite changer de médecin traitant.
A rendez-vous au tribunal, demande un avocat avec l'aide juridictionnelle.
Veut joindre le juge aux affaires familiales pour la pension alimentaire.
La pension alimentaire n'est pas payée depuis mars.
Habite 3 rue de l'Église, derrière la mairie.
Travaille de nuit, préfère être appelée après 14 h.
Demande un colis alimentaire pour quatre personnes.
Est hébergée chez une amie jusqu'à dimanche.
Dort dans sa voiture depuis une semaine.
Cherche un vélo d'occasion pour aller au travail.
Le bailleur demande trois mois de loyer.
Retraite : il manque des trimestres sur le relevé.
Demande comment s'inscrire à France Travail.
Attend une réponse de la préfecture pour son titre de séjour.
Nationalité hors Union européenne, titre de séjour valable jusqu'en mai.
A perdu son portefeuille dans le bus.
Demande les horaires de la permanence du mercredi.
Ne peut pas se déplacer, souhaite une visite à domicile.
Sa facture d'eau a doublé sans raison.
A payé un ménage au travail au noir par erreur, veut régulariser.
Il y a une fuite d’origine inconnue, le plombier passe demain.
Souhaite une place dans un restaurant solidaire.
Veut savoir si le bus passe le samedi.
Revient avec le justificatif de domicile qui manquait.
Demande à qui s'adresser pour la scolarité de sa fille.
A quitté son emploi pour suivre son mari muté.
Bénéficie du RSA, souhaite revoir son contrat.
Aimerait rencontrer d'autres parents.
Demande de micro-crédit pour réparer la voiture.
Dit : « je n'y arrive plus, je ne sais plus par où commencer ».
Dit avoir peur de perdre son logement.
Le dossier de surendettement a été déposé à la Banque de France.
Souhaite jardiner au jardin partagé du quartier.
Reconnaissance de la qualité de travailleur handicapé à renouveler.
Emmène le chat noir de sa voisine, demande un refuge pour animaux.
Est fatiguée, demande à s'asseoir pendant l'attente.
""".strip().splitlines()

RELUES = {
    "JUGEMENT": """
Encore un cas soc.
C'est un cas social, on connaît la famille.
Cette dame est une profiteuse.
Monsieur profite du système depuis des années.
Se plaint sans arrêt.
Elle se plaint tout le temps de ses voisins.
Il est fainéant et ne veut rien faire.
Elle ment comme elle respire.
Madame fait son cinéma à chaque visite.
Aucun effort pour trouver un emploi.
Elle se victimise.
Personne assistée permanente.
Il est complètement fou.
Mère hystérique, ingérable.
Il pue, les autres se plaignent.
C'est une mauvaise mère.
Parents démissionnaires.
Un ivrogne du quartier.
Incapable de gérer un budget.
Elle raconte n'importe quoi.
Manipulateur, attention.
Réclame toujours plus.
""",
    "SANTE": """
Monsieur est alcoolique.
Elle boit trop le soir.
Ancien toxicomane, sous substitution.
Madame est dépressive.
Tentative de suicide l'an dernier.
Son fils est schizophrène.
Suivi en psychiatrie.
A un cancer du sein.
Est séropositif.
Malade mentale d'après la voisine.
""",
    "JUSTICE": """
Sort de prison depuis un mois.
A un casier judiciaire.
Son mari est incarcéré.
Porte un bracelet électronique.
Connu de la police.
Condamné pour vol.
""",
    "RELIGION_OPINION": """
Famille musulmane.
Femme voilée qui parle peu.
Très pratiquante, témoin de Jéhovah.
Il est homosexuel.
Syndiquée, vote à gauche.
""",
    "ORIGINE": """
Ce sont des gitans.
Famille rom installée au bord de la route.
Monsieur d'origine algérienne.
Un Africain avec deux enfants.
Type maghrébin.
""",
}
CAS = [(famille, phrase) for famille, bloc in RELUES.items() for phrase in bloc.strip().splitlines()]


def test_t18_les_listes_sont_assez_longues():
    assert len(ORDINAIRES) >= 60
    assert len(CAS) >= 40


@pytest.mark.parametrize("phrase", ORDINAIRES)
def test_t18_une_phrase_ordinaire_du_guichet_ne_dit_rien(phrase):
    assert relire(phrase) == ()


@pytest.mark.parametrize(("famille", "phrase"), CAS)
def test_t18_un_mot_a_revoir_est_montre_avec_une_proposition(famille, phrase):
    remarques = relire(phrase)
    assert famille in {r.famille for r in remarques}
    for r in remarques:
        assert phrase[r.debut : r.fin] == r.mots
        assert r.pourquoi
        assert r.proposition


def test_t18_les_places_suivent_les_accents_les_ligatures_et_les_lignes():
    texte = "Sœur aînée :\n« C'est une PROFITEUSE ! », dit-elle.\nIl est dépressif…"
    assert [(r.mots, r.famille) for r in relire(texte)] == [("PROFITEUSE", "JUGEMENT"), ("dépressif", "SANTE")]


def test_t18_les_mots_sont_entiers():
    assert relire("La famille habite Romorantin, elle aime le noircissement et les menteries") == ()


@pytest.mark.parametrize("texte", ["", " ", "\x00", "🚗" * 50, "a" * 100_000, "profiteur " * 5_000, "\ud800", "ß" * 20])
def test_t18_aucun_texte_ne_fait_tomber_la_relecture(texte):
    for r in relire(texte):
        assert r.debut < r.fin


def test_t18_la_proposition_ne_gronde_pas():
    for _, phrase in CAS:
        for r in relire(phrase):
            assert "interdit" not in r.proposition.lower()
            assert "vous devez" not in r.proposition.lower()

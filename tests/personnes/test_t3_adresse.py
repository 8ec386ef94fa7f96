"""T3: the woman who flees. Her word protects; one journaled screen reads; nothing else tells."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from premier_accueil.personnes import actions
from premier_accueil.personnes.actions import Etat, Regle, SaisieRefusee
from premier_accueil.personnes.models import AdresseProtegee, Personne
from premier_accueil.personnes.requetes import chercher, dossier, entete, identite_projetable
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.environnement import RACINE
from tests.personnes import situations as s

pytestmark = pytest.mark.django_db


def secrets(*valeurs) -> list[str]:
    texte = repr([asdict(v) for v in valeurs])
    return [mot for mot in (s.RUE, s.NUMERO, "Loireauxence") if mot in texte]


def tout_ce_qui_se_lit(cle, role):
    return (
        dossier(cle, role, f.LUNDI_10H), identite_projetable(cle, role, f.LUNDI_10H), entete(cle, role, f.LUNDI_10H),
        chercher("Martin", role, f.LUNDI_10H),
    )  # fmt: skip


def test_t3_sa_parole_suffit_et_rien_d_autre_ne_protege(camille):
    cle = s.personne(camille, adresse=s.RUE, telephone=s.NUMERO, commune_id=f.commune().pk)
    assert secrets(*tout_ce_qui_se_lit(cle, camille)) == [s.RUE, s.NUMERO, "Loireauxence"]
    with pytest.raises(SaisieRefusee, match="sa parole"):
        actions.proteger_l_adresse(cle, elle_le_dit=False, procedure="", role=camille, a=f.LUNDI_10H)
    actions.proteger_l_adresse(cle, elle_le_dit=True, procedure=s.PROCEDURE, role=camille, a=f.LUNDI_10H)
    assert secrets(*tout_ce_qui_se_lit(cle, camille)) == []
    assert Personne.objects.filter(pk=cle).values_list("adresse", "telephone", "commune").get() == ("", "", None)


def test_t3_l_adresse_ne_se_lit_qu_a_la_revelation_journalisee(camille):
    cle = s.protegee(camille, commune_id=f.commune().pk)
    assert secrets(*tout_ce_qui_se_lit(cle, camille)) == []
    revelee = actions.reveler_l_adresse(cle, role=camille, a=f.LUNDI_10H)
    assert (revelee.adresse, revelee.telephone) == (f"{s.RUE}, Loireauxence", s.NUMERO)
    ligne = Acces.objects.get(action="reveler_l_adresse")
    assert (ligne.geste, ligne.objet_id, ligne.compte_id) == ("LECTURE", cle, camille.compte_id)


def test_t3_sans_procedure_l_adresse_n_est_pas_gardee(camille):
    cle = s.protegee(camille, procedure="")
    assert AdresseProtegee.objects.count() == 0
    assert actions.reveler_l_adresse(cle, role=camille, a=f.LUNDI_10H) is None
    gardee = s.protegee(camille)
    actions.proteger_l_adresse(gardee, elle_le_dit=True, procedure="", role=camille, a=f.LUNDI_10H)
    assert AdresseProtegee.objects.count() == 0


def test_t3_le_foyer_a_la_meme_adresse_est_protege_avec_elle(camille):
    mere = s.personne(camille, adresse=s.RUE)
    fils = s.personne(camille, prenom="Adam", adresse=s.RUE.upper() + ".")
    pere = s.personne(camille, prenom="Paul", adresse="3 rue Basse")
    for autre in (fils, pere):
        actions.ajouter_au_foyer(mere, avec_id=autre, lien="", role=camille, a=f.LUNDI_10H)
    fait = actions.proteger_l_adresse(mere, elle_le_dit=True, procedure=s.PROCEDURE, role=camille, a=f.LUNDI_10H)
    assert fait.avec_elle == 1
    assert dossier(fils, camille, f.LUNDI_10H).contact.protegee
    assert dossier(pere, camille, f.LUNDI_10H).contact.adresse == "3 rue Basse"
    for cle in (mere, fils, pere):
        assert secrets(*tout_ce_qui_se_lit(cle, camille)) == []


def test_t3_la_regle_de_contact_ne_dit_pas_ce_qui_est_protege(camille):
    cle = s.personne(camille, adresse=s.RUE, telephone=s.NUMERO)
    regle = Regle(numero="+33 6 61 62 63 64", precisions=f"Passer au {s.RUE}", heures="le matin")
    actions.poser_la_regle_de_contact(cle, regle, role=camille, a=f.LUNDI_10H)
    actions.proteger_l_adresse(cle, elle_le_dit=True, procedure=s.PROCEDURE, role=camille, a=f.LUNDI_10H)
    contact = dossier(cle, camille, f.LUNDI_10H).contact
    assert (contact.numero, contact.precisions, contact.heures) == ("", "", "le matin")
    for fuite in (Regle(numero="0661626364"), Regle(precisions="chez elle, 14 RUE DES LILAS SECRETS")):
        with pytest.raises(SaisieRefusee, match="protégé"):
            actions.poser_la_regle_de_contact(cle, fuite, role=camille, a=f.LUNDI_10H)


def test_t3_on_ne_recrit_pas_l_adresse_dans_l_identite(camille):
    cle = s.protegee(camille)
    for etat in (Etat(adresse="ailleurs"), Etat(telephone="06"), Etat(commune_id=f.commune().pk)):
        with pytest.raises(SaisieRefusee, match="protégée"):
            actions.modifier(cle, etat, version=1, role=camille, a=f.LUNDI_10H)
    with pytest.raises(SaisieRefusee, match="tout le monde le lirait"):
        actions.modifier(cle, Etat(appellation=f"Celle du {s.RUE}"), version=1, role=camille, a=f.LUNDI_10H)
    actions.modifier(cle, Etat(nom="Petit"), version=1, role=camille, a=f.LUNDI_10H)
    assert dossier(cle, camille, f.LUNDI_10H).adresse_gardee


def test_t3_on_ne_leve_que_sur_sa_parole(camille):
    cle = s.protegee(camille)
    with pytest.raises(SaisieRefusee, match="sa parole"):
        actions.lever_la_protection(cle, elle_le_dit=False, role=camille, a=f.LUNDI_10H)
    actions.lever_la_protection(cle, elle_le_dit=True, role=camille, a=f.LUNDI_10H)
    contact = dossier(cle, camille, f.LUNDI_10H).contact
    assert (contact.protegee, contact.adresse, contact.telephone) == (False, s.RUE, s.NUMERO)
    assert AdresseProtegee.objects.count() == 0


def test_t3_une_adresse_nouvelle_garde_le_numero_deja_garde(camille):
    cle = s.protegee(camille)
    actions.proteger_l_adresse(
        cle, elle_le_dit=True, procedure="Dépôt de plainte", adresse="9 quai Neuf", role=camille, a=f.LUNDI_10H
    )
    revelee = actions.reveler_l_adresse(cle, role=camille, a=f.LUNDI_10H)
    assert (revelee.adresse, revelee.telephone, revelee.procedure) == ("9 quai Neuf", s.NUMERO, "Dépôt de plainte")


def test_t3_une_seule_fonction_rend_une_adresse_protegee():
    """Every reader of the table but the reveal gives no more than a yes or a no, or writes."""
    lecteurs = {}
    for fichier in (RACINE / "premier_accueil").rglob("*.py"):
        if "AdresseProtegee.objects" in (texte := fichier.read_text()):
            lecteurs[fichier.name] = len(re.findall(r"AdresseProtegee\.objects", texte))
    assert set(lecteurs) == {"adresse.py", "contact.py", "dossier.py"}
    texte = Path(RACINE / "premier_accueil/personnes/requetes/dossier.py").read_text()
    assert "AdresseProtegee.objects.filter(personne=p).exists()" in texte

"""A file: nothing is required, nothing is created twice, two agents do not erase each other."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.personnes import actions
from premier_accueil.personnes.actions import DossierModifie, Etat, Protection, Regle, SaisieRefusee
from premier_accueil.personnes.models import Foyer, MesureDeProtection, MotDeNom, Personne
from premier_accueil.personnes.regles import Naissance
from premier_accueil.personnes.requetes import dossier, entete, identite_projetable
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.personnes import situations as s

pytestmark = pytest.mark.django_db
NIR = "2 85 05 78 006 084 36"


def test_l_identite_est_facultative(camille):
    cle = s.personne(camille, nom="", prenom="", annee=None)
    assert dossier(cle, camille, f.LUNDI_10H).identite.nom_affiche == "Personne qui n'a pas dit son nom"
    chien = s.personne(camille, nom="", prenom="", annee=None, appellation="Madame au chien")
    assert entete(chien, camille, f.LUNDI_10H).nom == "Madame au chien"


def test_un_double_clic_ne_cree_qu_un_dossier(camille):
    demande = uuid4()
    etat = Etat(nom="Martin")
    premier = actions.creer(etat, demande_id=demande, role=camille, a=f.LUNDI_10H)
    second = actions.creer(etat, demande_id=demande, role=camille, a=f.LUNDI_10H)
    assert (second.personne_id, second.deja) == (premier.personne_id, True)
    assert Personne.objects.count() == 1


def test_deux_agents_a_la_fois_le_second_voit_ce_qui_a_change(camille, driss):
    cle = s.personne(camille)
    actions.modifier(cle, Etat(nom="Martin", telephone="0240000000"), version=1, role=camille, a=f.LUNDI_10H)
    with pytest.raises(DossierModifie) as conflit:
        actions.modifier(cle, Etat(nom="Petit"), version=1, role=driss, a=f.LUNDI_10H)
    assert (conflit.value.version, conflit.value.actuel.telephone) == (2, "0240000000")
    assert Personne.objects.get(pk=cle).nom == "Martin"
    actions.modifier(cle, Etat(nom="Petit"), version=2, role=driss, a=f.LUNDI_10H)
    assert set(MotDeNom.objects.filter(personne=cle, genre="NOM").values_list("mot", flat=True)) == {"petit"}


def test_une_consultation_ne_relance_jamais_le_dernier_contact(camille):
    cle = s.personne(camille)
    plus_tard = f.LUNDI_10H + timedelta(days=90)
    dossier(cle, camille, plus_tard)
    identite_projetable(cle, camille, plus_tard)
    actions.modifier(cle, Etat(nom="Martin"), version=1, role=camille, a=plus_tard)
    assert Personne.objects.get(pk=cle).dernier_contact_le == f.LUNDI_10H
    actions.noter_un_contact(cle, role=camille, a=plus_tard)
    actions.noter_un_contact(cle, role=camille, a=f.LUNDI_10H)
    assert Personne.objects.get(pk=cle).dernier_contact_le == plus_tard


def test_aucun_nir_nulle_part(camille):
    from django.apps import apps

    champs = [c.name for m in apps.get_app_config("personnes").get_models() for c in m._meta.get_fields()]
    assert not [c for c in champs if "nir" in c.lower() or "secu" in c.lower()]
    cle = s.personne(camille)
    avant = MotDeNom.objects.count()
    essais = [
        lambda: s.personne(camille, nom=f"Martin {NIR}"),
        lambda: s.personne(camille, appellation=NIR),
        lambda: s.personne(camille, telephone=NIR),
        lambda: s.protegee(camille, procedure=f"Ordonnance {NIR}"),
        lambda: actions.modifier(cle, Etat(adresse=NIR), version=1, role=camille, a=f.LUNDI_10H),
        lambda: actions.poser_la_regle_de_contact(cle, Regle(precisions=NIR), role=camille, a=f.LUNDI_10H),
        lambda: actions.poser_un_blocage(cle, compte_id=camille.compte_id, motif=NIR, role=camille, a=f.LUNDI_10H),
        lambda: actions.ajouter_au_foyer(cle, avec_id=cle, lien=NIR, role=camille, a=f.LUNDI_10H),
        lambda: actions.poser_une_mesure(
            cle, Protection("TUTELLE", date(2026, 1, 1), protecteur=NIR), demande_id=uuid4(), role=camille, a=f.LUNDI_10H
        ),
        lambda: actions.proteger_l_adresse(cle, elle_le_dit=True, procedure=NIR, role=camille, a=f.LUNDI_10H),
        lambda: actions.briser_la_glace(
            nom="Martin", annee=1985, raison=f"Elle attend depuis longtemps {NIR}", demande_id=uuid4(), role=camille, a=f.LUNDI_10H
        ),
    ]  # fmt: skip
    for essai in essais:
        with pytest.raises(SaisieRefusee, match="n'est pas demandé ici"):
            essai()
    assert MotDeNom.objects.count() == avant


@pytest.mark.parametrize(
    "faux",
    [
        {"naissance_jour": 3}, {"naissance_mois": 3}, {"naissance_annee": 1985, "naissance_mois": 13},
        {"adresse_protegee": True, "adresse": "quelque part"}, {"adresse_protegee": True, "telephone": "06"},
    ],
)  # fmt: skip
def test_la_base_refuse_ce_qui_n_est_jamais_vrai(camille, faux):
    with pytest.raises(IntegrityError), transaction.atomic():
        Personne.objects.create(
            structure_id=camille.structure_id,
            demande_id=uuid4(),
            cle="",
            cree_le=f.LUNDI_10H,
            dernier_contact_le=f.LUNDI_10H,
            **faux,
        )


def test_chaque_lecture_et_chaque_ecriture_laisse_sa_ligne_sans_un_mot(camille):
    cle = s.personne(camille)
    dossier(cle, camille, f.LUNDI_10H)
    entete(cle, camille, f.LUNDI_10H)
    identite_projetable(cle, camille, f.LUNDI_10H)
    actions.noter_un_contact(cle, role=camille, a=f.LUNDI_10H)
    lignes = list(Acces.objects.order_by("pk").values_list("geste", "action", "objet", "objet_id"))
    assert lignes == [
        ("ECRITURE", "creer", "PERSONNE", cle), ("LECTURE", "dossier", "PERSONNE", cle), ("LECTURE", "entete", "PERSONNE", cle),
        ("LECTURE", "identite_projetable", "PERSONNE", cle), ("ECRITURE", "noter_un_contact", "PERSONNE", cle),
    ]  # fmt: skip


def test_le_foyer_dit_qui_vit_avec_qui_sans_adresse(camille):
    mere, fils = s.personne(camille, adresse="1 rue Haute"), s.personne(camille, prenom="Adam", annee=2015)
    actions.ajouter_au_foyer(mere, avec_id=fils, lien="fils", role=camille, a=f.LUNDI_10H)
    actions.ajouter_au_foyer(mere, avec_id=fils, lien="fils", role=camille, a=f.LUNDI_10H)
    (vu,) = dossier(mere, camille, f.LUNDI_10H).foyer
    assert (vu.personne_id, vu.nom, vu.lien) == (fils, "Adam Martin", "fils")
    assert [m.personne_id for m in dossier(fils, camille, f.LUNDI_10H).foyer] == [mere]
    actions.retirer_du_foyer(mere, vu.id, role=camille, a=f.LUNDI_10H)
    assert Foyer.objects.count() == 0
    with pytest.raises(SaisieRefusee, match="même personne"):
        actions.ajouter_au_foyer(mere, avec_id=mere, lien="", role=camille, a=f.LUNDI_10H)


def test_une_personne_n_est_que_dans_un_foyer(camille):
    un, deux, trois, quatre = (s.personne(camille, prenom=p) for p in ("Un", "Deux", "Trois", "Quatre"))
    actions.ajouter_au_foyer(un, avec_id=deux, lien="", role=camille, a=f.LUNDI_10H)
    actions.ajouter_au_foyer(trois, avec_id=quatre, lien="", role=camille, a=f.LUNDI_10H)
    with pytest.raises(SaisieRefusee, match="autre foyer"):
        actions.ajouter_au_foyer(un, avec_id=trois, lien="", role=camille, a=f.LUNDI_10H)


def test_t9_la_mesure_est_datee_et_l_accord_se_demande_a_la_personne(camille):
    cle, demande = s.personne(camille), uuid4()
    mesure = Protection("CURATELLE", date(2026, 11, 23), date(2026, 12, 31), "UDAF", "02 40 00 00 00")
    for _ in range(2):
        actions.poser_une_mesure(cle, mesure, demande_id=demande, role=camille, a=f.LUNDI_10H)
    posee = MesureDeProtection.objects.get()
    assert [posee.en_cours(date(2026, m, j)) for m, j in [(11, 22), (11, 23), (12, 31)]] == [False, True, True]
    assert not posee.en_cours(date(2027, 1, 1))
    assert identite_projetable(cle, camille, f.LUNDI_10H).mesure.libelle == "Curatelle"
    actions.finir_une_mesure(cle, posee.pk, fin=date(2026, 11, 23), role=camille, a=f.LUNDI_10H)
    assert identite_projetable(cle, camille, f.LUNDI_10H + timedelta(days=1)).mesure is None
    with pytest.raises(SaisieRefusee, match="avant le début"):
        actions.finir_une_mesure(cle, posee.pk, fin=date(2026, 11, 1), role=camille, a=f.LUNDI_10H)


def test_t9_le_protecteur_n_est_lecteur_de_rien(camille):
    # A protector is a word in a file: no account, no mission, no door of any kind hangs on it.
    from premier_accueil.acteurs.models import Compte, Mission

    relations = {c.related_model for c in MesureDeProtection._meta.get_fields() if c.is_relation}
    assert not relations & {Compte, Mission}
    assert all("protecteur" not in str(f.value).lower() for f in Fonction)


def test_la_regle_de_contact_ne_permet_que_ce_qui_est_dit(camille):
    cle = s.personne(camille)
    assert not dossier(cle, camille, f.LUNDI_10H).contact.regle
    actions.poser_la_regle_de_contact(cle, Regle(numero="0611111111", heures="9 h à 11 h"), role=camille, a=f.LUNDI_10H)
    contact = dossier(cle, camille, f.LUNDI_10H).contact
    assert (contact.numero, contact.messagerie, contact.sms) == ("0611111111", False, False)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(camille, driss):
    def requetes(cle):
        with CaptureQueriesContext(connection) as vues:
            dossier(cle, camille, f.LUNDI_10H)
        return len(vues)

    seule = s.personne(camille)
    requetes(seule)  # then this process knows where the journal's head is
    combien = requetes(seule)
    for n in range(4):
        autre = s.personne(camille, prenom=f"Enfant {n}")
        actions.ajouter_au_foyer(seule, avec_id=autre, lien="enfant", role=camille, a=f.LUNDI_10H)
        actions.poser_une_mesure(
            seule, Protection("TUTELLE", date(2026, 1, 1)), demande_id=uuid4(), role=camille, a=f.LUNDI_10H
        )
        s.bloquer(seule, f.agent(driss_structure(driss), nom=f"Agent {n}"), camille)
    assert requetes(seule) == combien


def driss_structure(role):
    from premier_accueil.acteurs.models import Structure

    return Structure.objects.get(pk=role.structure_id)


def test_qui_n_ouvre_pas_de_dossier_n_en_voit_aucun(camille, ici):
    cle = s.personne(camille)
    for fonction in set(Fonction) - {Fonction.ACCUEIL, Fonction.TRAVAIL_SOCIAL}:
        with pytest.raises(Personne.DoesNotExist):
            dossier(cle, f.agent(ici, fonction), f.LUNDI_10H)


def test_un_texte_hostile_est_nettoye(camille):
    cle = s.personne(camille, nom="Mar\x00tin\ud800", prenom="\u202eLouise")
    assert dossier(cle, camille, f.LUNDI_10H).identite.nom_affiche == "Louise Martin"


def test_une_naissance_impossible_est_refusee(camille):
    with pytest.raises(SaisieRefusee, match="jour n'existe pas"):
        s.personne(camille, naissance=Naissance(1985, 2, 30))

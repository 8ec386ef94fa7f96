"""Slips of papers: what is asked, what is ticked, who comes back, what travels, what is never kept."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import models

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.actions import pieces as actions
from premier_accueil.accueil.feuille import bulletin as papier
from premier_accueil.accueil.feuille.neutralite import trahit
from premier_accueil.accueil.models import BulletinDePieces, Passage, PieceManquante
from premier_accueil.accueil.regles.pieces import listes
from premier_accueil.accueil.requetes.pieces import bulletin_vu, bulletins_attendus
from premier_accueil.accueil.requetes.pieces_bulletin import bulletin_a_imprimer
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.faits.models import Fait
from premier_accueil.partage.actions.conservation import _rangees
from premier_accueil.personnes.models import Blocage, Personne
from premier_accueil.socle.declarations import declarations
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.accueil.situations_pieces import DEMAIN, bulletin, faits, passage
from tests.personnes import situations as personnes

ADRESSE = "https://exemple.test/pieces/bulletin/"


@pytest.fixture
def lieu(db):
    return f.site(f.structure(), "Hôtel de ville")


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure)


def test_un_bulletin_ne_demande_que_ce_qu_un_texte_exige(camille, lieu):
    vu = bulletin_vu(bulletin(camille, lieu), role=camille, a=f.LUNDI_10H)
    assert [p.libelle for p in vu.pieces] == [p.libelle for p in listes().procedures["RSA"].demandables]
    assert all(p.texte for p in vu.pieces)
    assert {p.code for p in vu.interdits} == {"REVENUS", "CHOMAGE"}
    assert not {p.libelle for p in vu.interdits} & {p.libelle for p in vu.pieces}
    assert Acces.objects.filter(action="editer_bulletin", objet_id=vu.id).count() == 1


def test_un_papier_qui_ne_la_concerne_pas_n_est_pas_demande(camille, lieu):
    cle = bulletin(camille, lieu, sans_objet=frozenset({"SEJOUR"}), vues=frozenset({"IDENTITE"}))
    vu = bulletin_vu(cle, role=camille, a=f.LUNDI_10H)
    assert [(p.libelle, p.vue_le is not None) for p in vu.pieces] == [
        ("Pièce d'identité ou document d'état civil", True), ("RIB à votre nom", False)
    ]  # fmt: skip


def test_deux_clics_ne_font_qu_un_bulletin_et_un_fait(camille, lieu):
    demande = actions.DemandeDeBulletin(uuid4(), "RSA")
    cles = {actions.editer_bulletin(demande, role=camille, site_id=lieu.pk, a=f.LUNDI_10H) for _ in range(3)}
    assert len(cles) == 1
    assert faits("RETOUR_POUR_PIECES") == [{"procedure": "RSA"}]


def test_qui_a_tout_ne_doit_pas_revenir(camille, lieu):
    codes = frozenset(p.code for p in listes().procedures["APA"].demandables)
    vu = bulletin_vu(bulletin(camille, lieu, "APA", vues=codes), role=camille, a=f.LUNDI_10H)
    assert vu.complet_le == f.LUNDI_10H
    assert not faits("RETOUR_POUR_PIECES")


def test_un_passage_annule_emporte_ses_bulletins_et_ce_qui_en_etait_compte(camille, lieu):
    p = passage(camille, lieu)
    bulletin(camille, lieu, passage_id=p.pk)
    autre = bulletin(camille, lieu)
    accueil.annuler(p.pk, role=camille, a=f.LUNDI_10H)
    assert [b.pk for b in BulletinDePieces.objects.order_by("pk")] == [autre]
    nombres = Fait.objects.filter(genre="RETOUR_POUR_PIECES").order_by("pk").values_list("nombre", flat=True)
    assert list(nombres) == [1, 1, -1]


@pytest.mark.parametrize("procedure", ["AME", "AAH_MDPH", "TITRE_DE_SEJOUR", "COMPLEMENTAIRE_SANTE"])
def test_T3_une_demarche_sensible_n_est_jamais_dite_dans_un_fait(camille, lieu, procedure):
    cle = bulletin(camille, lieu, procedure)
    actions.tout_est_la(cle, role=camille, site_id=lieu.pk, a=DEMAIN)
    assert faits("RETOUR_POUR_PIECES") == [{}]
    assert faits("RETOUR_AVEC_PIECES") == [{"lieu": "MEME_LIEU"}]


def test_cocher_se_defait_et_un_second_clic_dit_qui_avait_coche(camille, lieu):
    cle = bulletin(camille, lieu, "PRIME_ACTIVITE")
    (piece,) = bulletin_vu(cle, role=camille, a=f.LUNDI_10H).pieces

    def cocher(vue, a=DEMAIN):
        return actions.cocher(cle, piece.id, vue, role=camille, site_id=lieu.pk, a=a)

    assert cocher(True) is True
    with pytest.raises(actions.PieceDejaDite, match="déjà coché par Camille, à Hôtel de ville"):
        cocher(True)
    assert cocher(False) is False
    with pytest.raises(actions.PieceDejaDite, match="déjà plus coché"):
        cocher(False)
    assert BulletinDePieces.objects.get(pk=cle).complet_le is None
    assert faits("RETOUR_AVEC_PIECES") == [{"procedure": "PRIME_ACTIVITE", "lieu": "MEME_LIEU"}]  # once a day


def test_corriger_un_clic_le_jour_meme_n_est_pas_un_retour(camille, lieu):
    cle = bulletin(camille, lieu, "PRIME_ACTIVITE")
    actions.tout_est_la(cle, role=camille, site_id=lieu.pk, a=f.LUNDI_10H + timedelta(minutes=5))
    assert not faits("RETOUR_AVEC_PIECES")


def test_T4_le_bulletin_d_une_personne_bloquee_n_existe_pas_pour_ce_compte(camille, lieu):
    p = passage(camille, lieu)
    cle = bulletin(camille, lieu, passage_id=p.pk)
    personne = personnes.personne(camille, nom="Durand")
    Passage.objects.filter(pk=p.pk).update(personne_id=personne)
    voisin = f.agent(lieu.structure, nom="Voisin")
    Blocage.objects.create(
        structure=lieu.structure, personne_id=personne, compte_id=voisin.compte_id, motif="voisin",
        pose_par_id=camille.compte_id, pose_le=f.LUNDI_10H,
    )  # fmt: skip
    assert bulletin_vu(cle, role=camille, a=DEMAIN).id == cle
    with pytest.raises(BulletinDePieces.DoesNotExist):
        bulletin_vu(cle, role=voisin, a=DEMAIN)
    assert bulletins_attendus(site_id=None, role=voisin, a=DEMAIN).total == 0


def test_T10_un_benevole_ne_voit_que_les_siens(camille, lieu):
    benevole = f.agent(lieu.structure, Fonction.BENEVOLE)
    bulletin(camille, lieu)
    sien = bulletin(benevole, lieu)
    assert [x.id for x in bulletins_attendus(site_id=None, role=benevole, a=f.LUNDI_10H).lignes] == [sien]


def test_la_liste_se_lit_en_autant_de_requetes_pour_un_ou_pour_douze(camille, lieu, django_assert_num_queries):
    bulletin(camille, lieu)
    bulletins_attendus(site_id=lieu.pk, role=camille, a=f.LUNDI_10H)
    with django_assert_num_queries(4):
        bulletins_attendus(site_id=lieu.pk, role=camille, a=f.LUNDI_10H)
    for _ in range(14):
        bulletin(camille, lieu)
    with django_assert_num_queries(4):
        vus = bulletins_attendus(site_id=lieu.pk, role=camille, a=f.LUNDI_10H)
    assert (len(vus.lignes), vus.total, vus.pages) == (12, 15, 2)


def test_le_papier_et_le_sms_ne_disent_ni_la_demarche_ni_la_sante(camille, lieu):
    for procedure in listes().procedures:
        tenu = bulletin_a_imprimer(bulletin(camille, lieu, procedure), adresse=ADRESSE, role=camille, a=f.LUNDI_10H)
        neutre = papier.neutraliser(tenu)
        dits = [x for ligne in neutre.lignes for x in (ligne.libelle, ligne.a_defaut)] + [neutre.lieu, neutre.structure]
        assert not [x for x in dits if trahit(x)], procedure
        message = papier.sms(tenu)
        assert len(message) <= 320
        assert tenu.code not in message
        assert "sans refaire la file" in message
        assert not [p for p in tenu.lignes if p.libelle in message]
    for grand in (False, True):
        assert papier.pdf(tenu, grand=grand).startswith(b"%PDF")


def test_un_bulletin_vide_ou_a_l_alphabet_inconnu_s_imprime(camille, lieu):
    lieu.nom = "Maison 李明 🏠"
    lieu.save()
    codes = frozenset(p.code for p in listes().procedures["RSA"].demandables)
    tenu = bulletin_a_imprimer(bulletin(camille, lieu, sans_objet=codes), adresse="", role=camille, a=f.LUNDI_10H)
    assert papier.pdf(tenu).startswith(b"%PDF")


def test_aucune_copie_n_est_gardee():
    """No column of the room can hold a document."""
    for modele in (BulletinDePieces, PieceManquante):
        assert not [
            c.name for c in modele._meta.get_fields()
            if isinstance(c, models.FileField | models.BinaryField | models.JSONField | models.TextField)
        ]  # fmt: skip


def test_ce_que_la_piece_tient_suit_la_personne_ou_sa_date(camille, lieu):
    suivi, anonyme = passage(camille, lieu), bulletin(camille, lieu)
    cle = bulletin(camille, lieu, passage_id=suivi.pk)
    personne = personnes.personne(camille, nom="Durand")
    Passage.objects.filter(pk=suivi.pk).update(personne_id=personne)
    tenus = [d for d in declarations() if d.modele in {"accueil.BulletinDePieces", "accueil.PieceManquante"}]
    assert len(tenus) == 2
    for d in tenus:
        siennes = _rangees(d, camille.structure_id, [personne], f.LUNDI_10H - timedelta(days=1))
        assert {getattr(x, "bulletin_id", x.pk) for x in siennes} == {cle}
        vieilles = _rangees(d, camille.structure_id, [], f.LUNDI_10H + timedelta(days=1))
        assert {getattr(x, "bulletin_id", x.pk) for x in vieilles} == {anonyme}
    assert Personne.objects.filter(pk=personne).exists()

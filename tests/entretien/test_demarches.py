"""Démarches in the database: gestures with their trace, conflicts shown, walls, retention, what falls due."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from premier_accueil.accueil import actions as accueil
from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda.models import Silence
from premier_accueil.entretien.actions import demarches as actions
from premier_accueil.entretien.models import Demarche, GesteDeDemarche
from premier_accueil.entretien.regles.demarches import Saisie
from premier_accueil.entretien.requetes.demarches import Vue, demarche_vue, demarches, demarches_de
from premier_accueil.faits.models import Fait
from premier_accueil.personnes.actions import SaisieRefusee
from premier_accueil.socle.cloison import situer
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.entretien.des_demarches import LUNDI, deposee, geste, ouverte
from tests.personnes import situations as p

A = f.LUNDI_10H


@pytest.fixture
def role(db):
    return f.agent(f.site(f.structure()).structure, Fonction.TRAVAIL_SOCIAL)


def test_ouvrir_deux_fois_du_meme_clic_n_en_ouvre_qu_une(role):
    clic = uuid4()
    premiere = actions.ouvrir("RSA", demande_id=clic, role=role, a=A)
    seconde = actions.ouvrir("RSA", demande_id=clic, role=role, a=A)
    assert (premiere.deja, seconde.deja) == (False, True)
    assert Demarche.objects.get().suivie_par_id == role.compte_id


def test_une_demarche_est_possible_sans_nom_puis_se_rattache(role):
    """T5: anonymous is normal; attached later, only at the person's request, and once."""
    site = role_site(role)
    recu = accueil.accueillir(f.demande(mots="Papiers"), role=role, site_id=site, a=A)
    cle = ouverte(role, passage_id=recu.passage_id)
    assert demarche_vue(cle, role, A).personne == ""
    personne = p.personne(role)
    actions.rattacher(cle, personne, role=role, a=A)
    assert demarche_vue(cle, role, A).personne_id == personne
    with pytest.raises(SaisieRefusee, match="déjà rattachée"):
        actions.rattacher(cle, p.personne(role, nom="Autre"), role=role, a=A)


def role_site(role) -> int:
    from premier_accueil.annuaire.models import Site

    return Site.objects.get(structure_id=role.structure_id).pk


def test_un_geste_laisse_sa_trace_et_son_fait(role):
    cle = deposee(role)
    d = Demarche.objects.get(pk=cle)
    assert (d.etat, d.recue_le, d.echeance, d.echeance_genre) == ("DEPOSEE", LUNDI, date(2027, 1, 23), "SILENCE")
    assert set(Acces.objects.filter(objet="DEMARCHE").values_list("action", flat=True)) == {"ouvrir_une_demarche", "deposer"}
    assert [f_.attributs for f_ in Fait.objects.filter(genre="DEMARCHE").order_by("pk")] == [
        {"procedure": "RSA", "geste": "OUVRIR"}, {"procedure": "RSA", "geste": "DEPOSER"},
    ]  # fmt: skip


def test_un_fait_tait_la_procedure_qui_en_dirait_trop(role):
    for code in ("AAH", "AME", "TITRE_DE_SEJOUR", "SURENDETTEMENT"):
        ouverte(role, code)
    assert all("procedure" not in x.attributs for x in Fait.objects.filter(genre="DEMARCHE").order_by("pk"))


def test_un_double_clic_ne_fait_le_geste_qu_une_fois(role):
    cle, clic = ouverte(role), uuid4()
    saisie = Saisie(aupres="CAF", jour=LUNDI)
    for attendu in (True, False):
        assert actions.faire("deposer", cle, saisie, demande_id=clic, version=1, role=role, a=A) is attendu
    assert GesteDeDemarche.objects.count() == 1


def test_un_conflit_se_montre_et_ne_s_ecrase_jamais(role):
    cle = deposee(role)
    version = Demarche.objects.get(pk=cle).version
    geste(role, cle, "accuser", jour=LUNDI, reference="N1")
    with pytest.raises(SaisieRefusee, match="pendant votre saisie"):
        actions.faire(
            "accuser", cle, Saisie(jour=LUNDI, reference="N2"), demande_id=uuid4(), version=version, role=role, a=A
        )
    assert Demarche.objects.get(pk=cle).reference == "N1"


@pytest.mark.parametrize("champ", ["aupres", "reference", "pieces"])
def test_un_numero_de_securite_sociale_est_refuse(role, champ):
    cle = deposee(role)
    nom = {"aupres": "transmettre", "reference": "accuser", "pieces": "demander_des_pieces"}[champ]
    with pytest.raises(SaisieRefusee):
        geste(role, cle, nom, **{champ: "dossier 1 84 12 76 451 089 46"})
    assert Demarche.objects.get(pk=cle).etat == "DEPOSEE"


def test_t3_une_adresse_protegee_ne_s_ecrit_pas_dans_une_demarche(role):
    personne = p.protegee(role)
    with pytest.raises(SaisieRefusee):
        ouverte(role, personne_id=personne, objet=f"habite {p.RUE}")
    with pytest.raises(SaisieRefusee):
        deposee(role, personne_id=personne, objet=f"joindre au {p.NUMERO}")


# ---- undo


def test_annuler_remet_tout_comme_avant(role):
    cle = deposee(role)
    avant = Demarche.objects.values().get(pk=cle)
    geste(role, cle, "demander_des_pieces", pieces="Bail", indispensables=True, jour=LUNDI)
    assert Demarche.objects.get(pk=cle).echeance != avant["echeance"]
    assert actions.annuler(cle, role=role, a=A + timedelta(minutes=14)) == "demander_des_pieces"
    apres = Demarche.objects.values().get(pk=cle)
    changent = {"version", "modifiee_le"}
    assert {c: v for c, v in apres.items() if c not in changent} == {c: v for c, v in avant.items() if c not in changent}
    assert sum(x.nombre for x in Fait.objects.filter(attributs__geste="DEMANDER_DES_PIECES").order_by("pk")) == 0
    assert GesteDeDemarche.objects.filter(annule_le__isnull=False).count() == 1


def test_annuler_jusqu_au_premier_geste_puis_plus_rien(role):
    cle = deposee(role)
    actions.annuler(cle, role=role, a=A)
    assert Demarche.objects.get(pk=cle).etat == "A_DEPOSER"
    with pytest.raises(SaisieRefusee, match="rien à annuler"):
        actions.annuler(cle, role=role, a=A)


def test_annuler_est_a_son_auteur_et_pendant_quinze_minutes(role):
    cle = deposee(role)
    with pytest.raises(SaisieRefusee, match="quinze minutes"):
        actions.annuler(cle, role=role, a=A + timedelta(minutes=16))
    collegue = f.agent(Structure.objects.get(pk=role.structure_id), Fonction.TRAVAIL_SOCIAL)
    with pytest.raises(SaisieRefusee, match="Seule la personne"):
        actions.annuler(cle, role=collegue, a=A)


def test_une_demarche_close_se_rouvre_a_tout_moment(role):
    cle = deposee(role)
    geste(role, cle, "clore", cloture="ABANDON")
    assert Demarche.objects.get(pk=cle).echeance is None
    assert actions.annuler(cle, role=role, a=A + timedelta(days=90)) == "clore"
    assert Demarche.objects.get(pk=cle).etat == "DEPOSEE"


# ---- what falls due


def test_t11_t20_la_liste_de_la_semaine(role):
    """What falls within seven days, what is to file, who must be told; silent for the dead, the prisoner, the sick."""
    dans_quatre_jours = deposee(role, le=date(2026, 9, 27))
    plus_tard = deposee(role, le=date(2026, 11, 20))
    a_deposer = ouverte(role)
    a_prevenir = deposee(role, le=date(2026, 11, 20))
    geste(role, a_prevenir, "transmettre", aupres="MSA", jour=LUNDI)
    personne = p.personne(role)
    tue = deposee(role, le=date(2026, 9, 27), personne_id=personne)
    situer(structure=role.structure_id, mission=role.mission_id)
    Silence.objects.create(
        structure_id=role.structure_id, personne_id=personne, raison="HOPITAL", depuis=A, pose_par_id=role.compte_id
    )
    vues = [x.id for x in demarches(role, A).lignes]
    assert set(vues) == {dans_quatre_jours, a_deposer, a_prevenir}
    assert vues[0] == dans_quatre_jours
    en_cours = {x.id for x in demarches(role, A, vue=Vue.EN_COURS).lignes}
    assert en_cours == {dans_quatre_jours, plus_tard, a_deposer, a_prevenir, tue}
    assert demarches(role, A, vue=Vue.CLOSES).total == 0
    assert [x.id for x in demarches_de(personne, role, A)] == [tue]


def test_t11_une_date_passee_ne_change_rien_toute_seule(role):
    cle = deposee(role, le=date(2026, 9, 1))
    un_an = A + timedelta(days=365)
    vue = demarche_vue(cle, role, un_an)
    assert vue.etat == "déposée"
    assert "constater_le_silence" in dict(vue.gestes)
    assert demarches(role, un_an).lignes[0].passee
    assert Demarche.objects.get(pk=cle).etat == "DEPOSEE"


def test_les_gestes_proposes_ont_un_sens(role):
    cle = deposee(role)
    assert "constater_le_silence" not in dict(demarche_vue(cle, role, A).gestes), "silence has not spoken yet"
    geste(role, cle, "decider", decision="ACCORDEE", jour=LUNDI)
    assert "contester" not in dict(demarche_vue(cle, role, A).gestes), "nothing to contest"


def test_seulement_celles_que_je_suis(role):
    mienne = ouverte(role)
    collegue = f.agent(Structure.objects.get(pk=role.structure_id), Fonction.ACCUEIL)
    sienne = ouverte(collegue)
    assert {x.id for x in demarches(collegue, A, miennes=True).lignes} == {sienne}
    actions.reprendre(mienne, role=collegue, a=A)
    assert {x.id for x in demarches(collegue, A, miennes=True).lignes} == {mienne, sienne}


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_demarches(role, django_assert_num_queries):
    personne = p.personne(role)
    for combien in (1, 14):
        for _ in range(combien):
            ouverte(role, personne_id=personne)
        situer(structure=role.structure_id, mission=role.mission_id)
        demarches(role, A)  # the head of the journal is known now
        with django_assert_num_queries(3):
            assert len(demarches(role, A).lignes) in {1, 15}

"""Two hands at once, who sees what, who read, whom to call, what the public reads."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire.models import Fermeture, Permanence
from premier_accueil.reperes import actions
from premier_accueil.reperes.actions import Dit, EcritEntreTemps, GuideDit, SaisieRefusee
from premier_accueil.reperes.models import FicheRepere, GuideOperationnel, LectureDeFiche, VersionDeFiche
from premier_accueil.reperes.regles import GesteImpossible
from premier_accueil.reperes.requetes import (
    Vue,
    deux_versions,
    fiche_publique,
    fiche_vue,
    fiches_d_urgence,
    fiches_pour,
    fiches_publiques,
    guide_vu,
    liste_des_fiches,
    qui_a_lu,
    services_a_appeler,
    structures_nommees,
    suivi,
)
from tests import fabriques as f
from tests.reperes import situations as s

pytestmark = pytest.mark.django_db


def test_deux_mains_a_la_fois_le_conflit_est_dit_et_rien_n_est_ecrase():
    ici = f.structure()
    un, deux = f.agent(ici, nom="Camille"), f.agent(ici, nom="Lou")
    fiche = s.brouillon(un)
    actions.ecrire(fiche, s.ecrit(texte="De Camille"), revision=1, role=un, a=s.A)
    with pytest.raises(EcritEntreTemps, match="Camille") as conflit:
        actions.ecrire(fiche, s.ecrit(texte="De Lou"), revision=1, role=deux, a=s.A)
    assert VersionDeFiche.objects.get(fiche=fiche).texte == "De Camille" and conflit.value.revision == 2
    actions.ecrire(fiche, s.ecrit(texte="De Lou, sachant"), revision=2, role=deux, a=s.A)
    assert VersionDeFiche.objects.get(fiche=fiche).texte == "De Lou, sachant"
    actions.agir(fiche, 1, "soumettre", Dit(), role=un, a=s.A)
    with pytest.raises(GesteImpossible, match="en relecture"):
        actions.ecrire(fiche, s.ecrit(), revision=3, role=un, a=s.A)
    with pytest.raises(SaisieRefusee):
        actions.ecrire(fiche, s.ecrit(texte="x" * 12_001), revision=3, role=un, a=s.A)


def test_un_double_clic_ne_cree_qu_une_fiche_et_l_on_ecrit_ensemble():
    un, deux = f.agent(f.structure("CCAS")), f.agent(f.structure("EDS", "EDS"))
    demande = uuid4()
    cles = {actions.creer_une_fiche(s.ecrit(proprietaires=(deux.structure_id,)), demande_id=demande, role=un, a=s.A) for _ in "12"}
    (fiche,) = cles
    actions.ecrire(fiche, s.ecrit(titre="À deux", proprietaires=(un.structure_id,)), revision=1, role=deux, a=s.A)
    vue = fiche_vue(fiche, un, s.A)
    assert vue.version.titre == "À deux" and {nom for _, nom in vue.proprietaires} == {"CCAS", "EDS"}


def test_qui_voit_quoi():
    ici, ailleurs, loin = f.structure(), f.structure("Ailleurs"), f.structure("Loin", departement="49")
    role, voisin, autre = f.agent(ici), f.agent(ailleurs), f.agent(loin)
    coordination = s.coordination()
    fiche = s.brouillon(role)
    for exclu in (voisin, autre, coordination):
        with pytest.raises(FicheRepere.DoesNotExist):
            fiche_vue(fiche, exclu, s.A)
    actions.agir(fiche, 1, "soumettre", Dit(), role=role, a=s.A)
    assert fiche_vue(fiche, coordination, s.A).gestes.keys() == {"reprendre", "valider"}
    with pytest.raises(FicheRepere.DoesNotExist):
        fiche_vue(fiche, voisin, s.A)
    actions.agir(fiche, 1, "valider", s.DECISION, role=coordination, a=s.A)
    actions.agir(fiche, 1, "publier", Dit(), role=role, a=s.A)
    actions.preparer_la_suivante(fiche, role=role, a=s.A)
    vue = fiche_vue(fiche, voisin, s.A)
    assert vue.version.numero == 1 and vue.en_preparation is None and not vue.gestes and not vue.ecrit
    with pytest.raises(VersionDeFiche.DoesNotExist):
        fiche_vue(fiche, voisin, s.A, numero=2)
    with pytest.raises(GesteImpossible):
        actions.preparer_la_suivante(fiche, role=voisin, a=s.A)
    with pytest.raises(FicheRepere.DoesNotExist):
        fiche_vue(fiche, autre, s.A)
    assert [x.numero for x in liste_des_fiches(role, s.A, vue=Vue.EN_PREPARATION).lignes] == [2]
    assert not liste_des_fiches(voisin, s.A, vue=Vue.EN_PREPARATION).lignes
    avant, apres = deux_versions(fiche, None, None, role, s.A)
    assert (avant.version.numero, apres.version.numero) == (1, 2)


def test_une_nouvelle_version_redemande_la_lecture_et_t19_ne_classe_personne():
    ici, ailleurs = f.structure("CCAS d'ici"), f.structure("CCAS d'ailleurs")
    un, deux, voisin = f.agent(ici, nom="Camille"), f.agent(ici, nom="Dominique"), f.agent(ailleurs, nom="Voisine")
    chef, coordination = f.agent(ici, Fonction.ENCADREMENT, nom="Gwenn"), s.coordination()
    fiche = s.publiee(un, coordination)
    assert actions.confirmer_la_lecture(fiche, 1, role=un, a=s.A)
    assert not actions.confirmer_la_lecture(fiche, 1, role=un, a=s.A)
    actions.confirmer_la_lecture(fiche, 1, role=voisin, a=s.A)
    lectures = qui_a_lu(fiche, chef, s.A)
    assert {x.nom: x.lu_le is not None for x in lectures.ici} == {"Camille": True, "Dominique": False, "Gwenn": False}
    assert [x.nom for x in lectures.ici] == sorted(x.nom for x in lectures.ici)  # by name, in no other order
    assert "Voisine" not in repr(lectures) and ("CCAS d'ailleurs", 1, 1) in {(x.structure, x.lus, x.equipe) for x in lectures.ailleurs}
    (ligne,) = suivi(coordination, s.A).en_vigueur
    assert (ligne.lus, ligne.equipe) == (2, 5)
    actions.preparer_la_suivante(fiche, role=un, a=s.A)
    s.publier(fiche, 2, un, coordination)
    assert qui_a_lu(fiche, chef, s.A).manquent == 3 and LectureDeFiche.objects.count() == 2
    assert liste_des_fiches(un, s.A, vue=Vue.A_LIRE).a_lire == 1
    with pytest.raises(GesteImpossible):  # the old page stayed open: the version it shows is no longer the one to read
        actions.confirmer_la_lecture(fiche, 1, role=un, a=s.A)
    assert actions.confirmer_la_lecture(fiche, 2, role=deux, a=s.A)


def test_les_fiches_d_un_besoin_et_d_une_urgence_en_une_requete(django_assert_num_queries):
    role, coordination = f.agent(f.structure()), s.coordination()
    for n in range(4):
        s.publiee(role, coordination, titre=f"Fiche {n}", urgences=("SANS_ABRI",) if n == 3 else ())
    s.brouillon(role, titre="Brouillon")
    s.publiee(f.agent(f.structure("Loin", departement="49")), s.coordination("49"), titre="D'un autre département")
    with django_assert_num_queries(1):
        vues = fiches_pour("44", thematiques=[f.REPARER], urgences=["SANS_ABRI"])
    assert [x.titre for x in vues] == ["Fiche 3", "Fiche 0", "Fiche 1", "Fiche 2"]  # the urgency's own first
    with django_assert_num_queries(0):
        assert fiches_pour("44") == ()
    assert [x.titre for x in fiches_d_urgence("44")] == ["Fiche 3"]
    assert fiches_d_urgence(None) == ()
    with django_assert_num_queries(4):
        assert liste_des_fiches(role, s.A).total == 4


def test_t15_qui_appeler_se_lit_dans_l_annuaire_a_chaque_fois():
    ici = f.structure("Garage", telephone="+33240000000")
    service = f.service(ici, telephone="")
    (vu,) = services_a_appeler([ici.pk], s.A)
    assert vu.ouvert and vu.telephone == "+33240000000" and not vu.a_confirmer
    # Nobody vouched for it for years: one calls before sending somebody there.
    type(service).objects.filter(pk=service.pk).update(date_maj=date(2019, 1, 1))
    assert services_a_appeler([ici.pk], s.A)[0].a_confirmer
    type(service).objects.filter(pk=service.pk).update(date_maj=s.A.date())
    Fermeture.objects.create(permanence=Permanence.objects.get(service=service), du=s.A.date(), au=s.A.date())
    assert services_a_appeler([ici.pk], s.A)[0].ouvert is False
    Permanence.objects.filter(service=service).update(horaires="")
    assert services_a_appeler([ici.pk], s.A + timedelta(days=1))[0].a_confirmer
    Permanence.objects.all().delete()
    assert services_a_appeler([ici.pk], s.A)[0].a_confirmer and services_a_appeler([], s.A) == ()


def test_le_public_ne_lit_que_ce_que_l_on_a_choisi_de_montrer():
    role, coordination = f.agent(f.structure()), s.coordination()
    fiche = s.publiee(role, coordination, conduite="Mot interne", texte="Autre mot interne")
    assert fiches_publiques() == ()
    actions.montrer_au_public(fiche, 1, oui=True, role=role, a=s.A)
    (vue,) = fiches_publiques()
    assert "interne" not in repr(vue) and vue.numeros[0].numero == "115"
    actions.montrer_au_public(fiche, 1, oui=False, role=role, a=s.A)
    assert fiche_publique(vue.slug) is None
    muette = s.publiee(role, coordination, texte_public="")
    with pytest.raises(SaisieRefusee):
        actions.montrer_au_public(muette, 1, oui=True, role=role, a=s.A)
    actions.montrer_au_public(fiche, 1, oui=True, role=coordination, a=s.A)
    actions.agir(fiche, 1, "retirer", Dit(mot="Remplacée par la loi."), role=coordination, a=s.A)
    assert fiches_publiques() == () and not liste_des_fiches(f.agent(f.structure("X")), s.A).lignes[1:]


def test_un_guide_range_ses_fiches_et_dit_ce_qui_manque():
    ici = f.structure()
    un, deux = f.agent(ici), f.agent(ici, nom="Lou")
    coordination = s.coordination()
    a, b = (s.publiee(un, coordination, titre=t) for t in ("A", "B"))
    brouillon = s.brouillon(un)
    dit = GuideDit("Guide", "Pour **tous**.", fiches=(b, brouillon, a))
    guide = actions.creer_un_guide(dit, demande_id=uuid4(), role=un, a=s.A)
    vu = guide_vu(guide, coordination)
    assert [v.titre for _, v in vu.fiches] == ["B", "A"] and vu.sans_version == 1 and not vu.ecrit
    actions.changer_un_guide(guide, GuideDit("Guide 2", fiches=(a,)), revision=1, role=deux, a=s.A)
    with pytest.raises(EcritEntreTemps, match="Lou"):
        actions.changer_un_guide(guide, dit, revision=1, role=un, a=s.A)
    with pytest.raises(SaisieRefusee):
        actions.changer_un_guide(guide, GuideDit("Vide"), revision=2, role=un, a=s.A)
    with pytest.raises(GuideOperationnel.DoesNotExist):
        actions.changer_un_guide(guide, dit, revision=2, role=coordination, a=s.A)
    assert [v.titre for _, v in guide_vu(guide, un).fiches] == ["A"]


def test_les_structures_se_nomment_comme_dans_l_annuaire():
    f.structure("Épicerie sociale")
    cles, inconnues = structures_nommees("epicerie SOCIALE\n\nNulle part\n", "44")
    assert len(cles) == 1 and inconnues == ("Nulle part",)


def test_les_exemples_se_lisent_et_ne_citent_que_des_codes_connus():
    from premier_accueil.accueil.regles.pieces import listes
    from premier_accueil.orientation.requetes import libelles
    from premier_accueil.orientation.requetes.urgences import urgences
    from premier_accueil.reperes.regles import numeros_utiles

    exemples = actions.exemples()
    assert len(exemples) == 5
    for e in exemples:
        assert set(e.ecrit.thematiques) | set(e.ecrit.appeler) <= set(libelles()), e.code
        assert set(e.ecrit.urgences) <= {u.motif for u in urgences()}, e.code
        assert set(e.ecrit.numeros) <= set(numeros_utiles()) and set(e.ecrit.papiers) <= set(listes().procedures), e.code
        assert e.ecrit.champs()["titre"]
    assert actions.exemple("inconnu") is None

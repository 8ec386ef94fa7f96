"""Files end two years after the last contact, with the archives' visa; people exercise their rights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.models import Passage
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.partage.actions.conservation import (
    GesteDeDestructionImpossible,
    exercer_un_droit,
    faire_une_destruction,
    proposer_une_destruction,
    repondre_a_un_droit,
)
from premier_accueil.partage.models import DemandeDeDroit, Destruction
from premier_accueil.partage.regles.conservation import (
    GESTES_DE_DESTRUCTION,
    EtatDeDestruction,
    GenreDeDroit,
    echeance_d_un_droit,
    limite_de_conservation,
)
from premier_accueil.partage.requetes.conservation import donnees_de_la_personne, droits_exerces
from premier_accueil.personnes.models import MotDeNom, Personne
from premier_accueil.socle.calendrier import plus_tard
from premier_accueil.socle.declarations import Declaration, declarations
from premier_accueil.socle.models import Acces
from tests import fabriques as f
from tests.personnes import situations as p

A = f.LUNDI_10H


def apres(mois: int) -> datetime:
    return plus_tard(A, mois=mois)


@pytest.fixture
def lieu(db):
    return f.site(f.structure())


@pytest.fixture
def dpo(lieu):
    return f.agent(lieu.structure, Fonction.DPO)


@pytest.fixture
def camille(lieu):
    return f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL)


def proposer(dpo, a):
    p.se_placer(dpo)
    return proposer_une_destruction(structure_id=dpo.structure_id, a=a)


def detruire(dpo, a):
    cle = proposer(dpo, a)
    faire_une_destruction("viser", cle, visa="AD44 2028-12", role=dpo, a=a)
    faire_une_destruction("detruire", cle, role=dpo, a=a)
    return Destruction.objects.get(pk=cle)


def test_T11_un_mois_plus_tard_tombe_dans_le_mois_meme_court():
    assert plus_tard(datetime(2026, 1, 31, 10, tzinfo=UTC), mois=1).date().isoformat() == "2026-02-28"
    assert plus_tard(datetime(2026, 11, 30, 10, tzinfo=UTC), mois=3).date().isoformat() == "2027-02-28"
    assert plus_tard(datetime(2028, 2, 29, 10, tzinfo=UTC), annees=-2).date().isoformat() == "2026-02-28"


def test_T11_le_changement_d_heure_ne_decale_pas_l_heure_dite():
    assert echeance_d_un_droit(datetime(2026, 3, 1, 9, tzinfo=UTC)).hour == 10


@pytest.mark.parametrize("etat", list(EtatDeDestruction))
@pytest.mark.parametrize("geste", list(GESTES_DE_DESTRUCTION))
def test_chaque_geste_dans_chaque_etat(dpo, geste, etat):
    p.se_placer(dpo)
    d = Destruction.objects.create(
        structure_id=dpo.structure_id, etat=etat, limite=A, proposee_le=A, visa="v", visee_le=A, personnes=[]
    )
    if etat in GESTES_DE_DESTRUCTION[geste].depuis:
        faire_une_destruction(geste, d.pk, visa="v", role=dpo, a=A)
        d.refresh_from_db()
        assert d.etat == GESTES_DE_DESTRUCTION[geste].vers
    else:
        with pytest.raises(GesteDeDestructionImpossible):
            faire_une_destruction(geste, d.pk, visa="v", role=dpo, a=A)


@pytest.mark.parametrize(("mois", "reste"), [(13, True), (23, True), (25, False), (37, False)])
def test_un_dossier_finit_deux_ans_apres_le_dernier_contact(dpo, camille, mois, reste):
    p.personne(camille)
    if reste:
        assert proposer(dpo, apres(mois)) is None
    else:
        detruire(dpo, apres(mois))
    p.se_placer(camille)
    assert Personne.objects.exists() is reste
    assert MotDeNom.objects.exists() is reste


def test_consulter_ne_prolonge_pas_et_rencontrer_prolonge(dpo, camille):
    from premier_accueil.personnes.actions import noter_un_contact
    from premier_accueil.personnes.requetes import entete

    vue, revue = p.personne(camille), p.personne(camille, nom="Durand")
    for mois in range(1, 25):
        entete(vue, camille, apres(mois))
    noter_un_contact(revue, role=camille, a=apres(20))
    detruire(dpo, apres(25))
    p.se_placer(camille)
    assert list(Personne.objects.order_by("pk").values_list("pk", flat=True)) == [revue]


def test_sans_visa_rien_ne_part(dpo, camille):
    p.personne(camille)
    cle = proposer(dpo, apres(25))
    for geste, visa in (("detruire", ""), ("viser", "  ")):
        with pytest.raises(GesteDeDestructionImpossible), transaction.atomic():
            faire_une_destruction(geste, cle, visa=visa, role=dpo, a=apres(25))
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=cle).update(etat="FAITE", personnes=[])
    assert Personne.objects.exists()


def test_une_personne_revue_depuis_la_proposition_reste(dpo, camille):
    revue = p.personne(camille)
    p.personne(camille, nom="Durand")
    cle = proposer(dpo, apres(25))
    Personne.objects.filter(pk=revue).update(dernier_contact_le=apres(25))
    faire_une_destruction("viser", cle, visa="v", role=dpo, a=apres(26))
    faire_une_destruction("detruire", cle, role=dpo, a=apres(26))
    assert [x.pk for x in Personne.objects.order_by("pk")] == [revue]


def test_la_destruction_ne_laisse_que_des_nombres_et_une_ligne_au_journal(dpo, camille):
    p.protegee(camille)
    faite = detruire(dpo, apres(25))
    assert faite.personnes == []
    assert faite.comptes["personnes.Personne"] == 1
    assert faite.comptes["personnes.AdresseProtegee"] == 1
    assert Acces.objects.filter(action="detruire_une_destruction", objet_id=faite.pk).count() == 1


def test_un_passage_anonyme_finit_a_sa_date(dpo, camille, lieu):
    p.se_placer(camille)
    accueil.accueillir(f.demande(mots="Bonjour", nom="Martin"), role=camille, site_id=lieu.pk, a=A)
    accueil.accueillir(f.demande(mots="Bonjour"), role=camille, site_id=lieu.pk, a=apres(24))
    detruire(dpo, apres(25))
    assert [x.arrive_le for x in Passage.objects.order_by("pk")] == [apres(24)]


def test_une_autre_structure_n_est_pas_touchee(dpo, camille):
    ailleurs = f.agent(f.structure("Ailleurs"), Fonction.TRAVAIL_SOCIAL)
    p.personne(ailleurs)
    p.personne(camille)
    detruire(dpo, apres(25))
    p.se_placer(ailleurs)
    assert Personne.objects.count() == 1
    with pytest.raises(Destruction.DoesNotExist):
        faire_une_destruction("viser", 1, visa="v", role=ailleurs, a=A)


def test_deux_dossiers_rapproches_finissent_ensemble(dpo, camille):
    gardee, absorbee = p.personne(camille), p.personne(camille, nom="Durand")
    Personne.objects.filter(pk=absorbee).update(fusionnee_dans=gardee)
    detruire(dpo, apres(25))
    assert not Personne.objects.exists()


def test_une_seule_proposition_attend(dpo, camille):
    p.personne(camille)
    assert proposer(dpo, apres(25)) is not None
    assert proposer(dpo, apres(25)) is None


def test_chaque_table_qui_porte_une_personne_est_declaree():
    declarees = {d.modele for d in declarations()}
    for modele in apps.get_models():
        champs = {c.name: c for c in modele._meta.get_fields() if c.many_to_one or c.one_to_one}
        vers = [c for c in champs.values() if c.concrete and c.related_model is Personne and modele is not Personne]
        if vers:
            assert modele._meta.label in declarees, f"{modele._meta.label} leads to a person and is not declared"


def test_chaque_declaration_dit_de_vraies_colonnes():
    for d in declarations():
        noms = {c.name for c in d.classe._meta.get_fields()}
        assert d.colonnes.keys() <= noms, d.modele
        assert not d.date or d.date.split("__")[0] in noms
    with pytest.raises(ValueError, match="say either"):
        Declaration("x.Y", "y")
    with pytest.raises(ValueError, match="say why"):
        Declaration("x.Y", "y", personne="pk")


def test_T3_l_export_de_la_personne_tait_l_adresse_protegee(camille):
    cle = p.protegee(camille)
    rubriques = donnees_de_la_personne(cle, role=camille, a=A)
    texte = repr(rubriques)
    assert "Martin" in texte
    assert p.RUE not in texte
    assert p.NUMERO not in texte
    assert any("écran de révélation" in r.tait for r in rubriques)
    assert Acces.objects.filter(action="donnees_de_la_personne", geste="EXPORT", objet_id=cle).count() == 1


def test_l_export_d_une_personne_d_ailleurs_n_existe_pas(camille):
    cle = p.personne(f.agent(f.structure("Ailleurs"), Fonction.TRAVAIL_SOCIAL))
    p.se_placer(camille)
    with pytest.raises(Personne.DoesNotExist):
        donnees_de_la_personne(cle, role=camille, a=A)


def test_un_droit_exerce_a_une_echeance_d_un_mois_et_une_seule_reponse(camille, dpo):
    cle, demande = p.personne(camille), uuid4()
    for _ in range(2):
        exercer_un_droit(cle, GenreDeDroit.ACCES, demande_id=demande, precisions="tout", role=camille, a=A)
    droit = DemandeDeDroit.objects.get()
    assert droit.echeance == plus_tard(A, mois=1)
    p.se_placer(dpo)
    assert not droits_exerces(dpo, A)[0].en_retard
    assert droits_exerces(dpo, A + timedelta(days=32))[0].en_retard
    with pytest.raises(ValueError, match="répondu"):
        repondre_a_un_droit(droit.pk, reponse=" ", role=dpo, a=A)
    assert repondre_a_un_droit(droit.pk, reponse="Remis en main propre.", role=dpo, a=A)
    assert not repondre_a_un_droit(droit.pk, reponse="Encore.", role=dpo, a=A)
    assert droits_exerces(dpo, A)[0].reponse == "Remis en main propre."


def test_la_tache_de_nuit_travaille_avec_le_role_ordinaire(dpo, camille):
    p.personne(camille)
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_user, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert curseur.fetchone()[1] is False
    assert proposer(dpo, apres(25)) is not None
    assert limite_de_conservation(apres(25)) > A


@pytest.mark.django_db
def test_s_opposer_retire_tous_les_accords_par_qui_recoit_la_personne():
    from premier_accueil.faits.models import Fait
    from premier_accueil.partage.models import Accord, Communication
    from tests.partage import situations

    monde = situations.monde()
    monde.envoyer()
    accueil_ = f.agent(monde.ici, Fonction.ACCUEIL)
    p.se_placer(accueil_)
    for _ in range(2):
        exercer_un_droit(
            monde.personne.pk, GenreDeDroit.OPPOSITION, demande_id=uuid4(), precisions="", role=accueil_, a=A
        )
    assert Accord.objects.get().retire_le == A
    assert Communication.objects.get().fermee_le == A
    faits = [(x.genre, x.commune, x.attributs) for x in Fait.objects.order_by("pk")]
    assert faits == [
        ("ACCORD", "", {"but": "ACCOMPAGNEMENT"}),
        ("COMMUNICATION", "", {"base": "ACCORD", "destinataire": "EDS"}),
        ("RETRAIT", "", {"destinataire": "EDS"}),
    ]


@pytest.mark.django_db
def test_l_export_se_lit_en_francais_sans_code():
    from tests.partage import situations

    monde = situations.monde()
    monde.envoyer()
    monde.chez_nous()
    texte = repr(donnees_de_la_personne(monde.personne.pk, role=monde.nous, a=A))
    assert "prénom" in texte
    for code in ("ORAL_DEVANT", "SEULE", "IDENTITE", "ACCOMPAGNEMENT"):
        assert code not in texte

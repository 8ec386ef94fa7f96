"""One structure books for another: what passes, what stays, and what the walls refuse."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from premier_accueil.acteurs.models import Engagement
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.agenda import actions
from premier_accueil.agenda.actions import DemandeRefusee
from premier_accueil.agenda.models import ExceptionDAgenda, PlageDAgenda, RendezVous
from premier_accueil.agenda.regles import Ouverture
from premier_accueil.agenda.requetes import creneaux_libres, rendez_vous_du_jour, rendez_vous_vu
from premier_accueil.socle.cloison import situer
from tests import fabriques as f
from tests.agenda import situations as s
from tests.personnes import situations as personnes

pytestmark = pytest.mark.django_db
A = f.LUNDI_10H



@pytest.fixture
def france_services(lieu):
    """A France services that hosts the agenda of another body: the place is its own."""
    maison = f.structure("France services", "FRANCE_SERVICES")
    la = f.site(maison, "Maison France services")
    return f.agent(maison, Fonction.ACCUEIL), la


@pytest.fixture
def hebergee(dominique, lieu, france_services):
    _, la = france_services
    service = f.service(lieu.structure, "Permanence chez nos voisins", site=la)
    s.se_placer(dominique)
    return s.plage(dominique, la.pk, service_id=service.pk, ouverte_a=(Ouverture.HEBERGEUR,))


def test_l_accueil_qui_heberge_prend_et_annule_chez_l_autre(france_services, hebergee, dominique):
    hote, _ = france_services
    s.se_placer(hote)
    cle = s.prendre(hote, hebergee)
    assert rendez_vous_vu(cle, hote, A).ligne.chez == dominique.structure
    s.se_placer(dominique)
    (ligne,) = rendez_vous_du_jour(dominique, date(2026, 11, 24), A)
    assert ligne.pris_par == hote.structure
    s.se_placer(hote)
    actions.annuler(cle, par_la_personne=True, role=hote, a=A)
    s.se_placer(dominique)
    assert s.etat(cle) == "ANNULE_PERSONNE"


def test_son_nom_ne_part_qu_avec_son_accord(france_services, hebergee):
    hote, _ = france_services
    s.se_placer(hote)
    with pytest.raises(DemandeRefusee, match="accord"):
        s.prendre(hote, hebergee, nom="Louise")
    assert not RendezVous.objects.exists()
    cle = s.prendre(hote, hebergee, nom="Louise", accord=True)
    assert RendezVous.objects.get(pk=cle).accord


def test_son_dossier_reste_dans_sa_structure(france_services, hebergee):
    hote, _ = france_services
    louise = personnes.personne(hote)
    with pytest.raises(DemandeRefusee, match="reste chez vous"):
        s.prendre(hote, hebergee, personne_id=louise)


def test_une_autre_structure_ne_voit_ni_la_plage_fermee_ni_le_rendez_vous(france_services, hebergee, dominique, lieu, plage):
    hote, _ = france_services
    tiers = f.agent(f.structure("Tiers"), Fonction.TRAVAIL_SOCIAL)
    s.se_placer(hote)
    assert {c.plage_id for c in creneaux_libres(hote, A)} == {hebergee}
    cle = s.prendre(hote, hebergee)
    s.se_placer(tiers)
    assert creneaux_libres(tiers, A) == ()
    assert not RendezVous.objects.filter(pk=cle).exists()
    with pytest.raises(PlageDAgenda.DoesNotExist):
        actions.tenir(plage, A, demande_id=uuid4(), role=tiers, a=A)


def test_entre_structures_engagees_on_prend_l_un_chez_l_autre(dominique, lieu, plage):
    tiers = f.agent(f.structure("Tiers"), Fonction.TRAVAIL_SOCIAL)
    assert creneaux_libres(tiers, A) == ()
    for cle in (dominique.structure_id, tiers.structure_id):
        Engagement.objects.create(structure_id=cle, debut=date(2026, 1, 1), texte="Charte")
    assert {c.plage_id for c in creneaux_libres(tiers, A)} == {plage}
    assert creneaux_libres(tiers, A)[0].chez == dominique.structure


def test_la_base_refuse_d_ecrire_chez_un_autre_sans_y_etre_invite(dominique, lieu):
    fermee = s.plage(dominique, lieu.pk, ouverte_a=(Ouverture.ACCUEIL,))
    tiers = f.agent(f.structure("Tiers"), Fonction.TRAVAIL_SOCIAL)
    champs = {
        "reservee_par_id": tiers.structure_id, "demande_id": uuid4(), "plage_id": fermee, "canal": "GUICHET",
        "debut": A, "fin": A + timedelta(minutes=30), "etat": "PRIS", "pris_par_id": tiers.compte_id, "pris_le": A,
    }  # fmt: skip
    for structure_id in (dominique.structure_id, tiers.structure_id):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            RendezVous.objects.create(structure_id=structure_id, **champs)


def test_une_plage_ne_se_lit_que_de_qui_peut_y_prendre_rendez_vous_ou_y_a_pris(dominique, lieu, france_services, hebergee):
    hote, _ = france_services
    autre = f.agent(f.structure("Ailleurs"), Fonction.TRAVAIL_SOCIAL)
    fermee = s.plage(dominique, lieu.pk, nom="Pour nous", ouverte_a=())
    relais = s.plage(dominique, lieu.pk, nom="Relais", ouverte_a=(Ouverture.RELAIS,), jours=(2,))
    exceptionnel = {"du": date(2026, 12, 1), "au": date(2026, 12, 1)}
    for cle in (fermee, relais, hebergee):
        ExceptionDAgenda.objects.create(
            structure_id=dominique.structure_id, plage_id=cle, genre="FERME", **exceptionnel
        )

    def vues(role) -> set[int]:
        s.se_placer(role)
        lues = set(PlageDAgenda.objects.order_by("pk").values_list("pk", flat=True))
        assert set(ExceptionDAgenda.objects.order_by("pk").values_list("plage_id", flat=True)) == lues
        return lues

    assert vues(dominique) == {fermee, relais, hebergee}
    assert vues(hote) == {relais, hebergee}
    assert vues(autre) == {relais}
    s.prendre(s.se_placer(hote), hebergee)
    s.se_placer(dominique)
    PlageDAgenda.objects.filter(pk=hebergee).update(ouverte_a=[])
    assert vues(hote) == {relais, hebergee}  # its appointment still says which rule it is on
    situer()
    assert not PlageDAgenda.objects.exists()
    assert not ExceptionDAgenda.objects.exists()

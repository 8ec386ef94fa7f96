"""Two services, or two places, that are one: proposed, merged, followed by their sources, parted whole; old addresses lead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.campagnes import secret_de
from premier_accueil.annuaire.actions.importer import importer_lignes
from premier_accueil.annuaire.hsds.pages import documents_entiers, service_au_lieu
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.models import Interlocuteur, LienDeFiche, Permanence, Service, Site
from premier_accueil.annuaire.regles.campagnes import Quoi
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.requetes.campagnes import invitation
from premier_accueil.annuaire.requetes.doublons_de_parties import face_a_face_de_parties, paires_de_parties
from premier_accueil.annuaire.requetes.fusions import service_garde
from tests import fabriques as f
from tests.annuaire.fabriques import service, structure
from tests.annuaire.situations import coordination, jumelles

pytestmark = pytest.mark.django_db
MODELES = (Structure, Site, Service, Permanence, Interlocuteur)


@pytest.fixture
def lire(communes, a):
    """Read two sources that tell of one place: the same body, the same service, written twice."""

    def lire(source, horaires="Mo 09:00-12:00", **reste):
        ajouts = {"permanences": [{"horaires": horaires}], "interlocuteurs": [{"nom": f"Mme {source}"}]}
        chez = structure(1, source=source, id=f"{source}--s1", nom="Centre social", date_maj="2026-10-01")
        quoi = service(
            1, source=source, id=f"{source}--v1", structure_id=f"{source}--s1", nom="Ateliers numériques",
            telephone="0240983001", premier_accueil=ajouts, **reste,
        )  # fmt: skip
        return importer_lignes([Ligne(1, chez)], [Ligne(1, quoi)], "s", "v", a=a)

    return lire


def photo():
    return [list(m.objects.exclude(**{"nom": "Département"} if m is Structure else {}).order_by("pk").values()) for m in MODELES]


def test_deux_services_puis_deux_lieux_n_en_font_qu_un_leurs_sources_suivent_et_tout_revient(lire, a):
    lire("un")
    lire("deux", "Tu 14:00-16:00", description="La description la plus longue des deux.")
    role = replace(coordination(f.structure("Département")), departement="44")
    avant = photo()
    assert actions.proposer_des_parties("44", a=a) == 2 and actions.proposer_des_parties("44", a=a) == 0
    vues = paires_de_parties(role)
    assert {p.quoi for p in vues.lignes} == {"service", "lieu"} and all(p.score >= 60 for p in vues.lignes)
    un, deux = Service.objects.order_by("source").reverse()
    face = face_a_face_de_parties(next(p.id for p in vues.lignes if p.quoi == "service"), role)
    assert {c.nom for c in face.champs if not c.pareil} == {"description"}
    ouvertes = {d["id"] for s in (un, deux) for d in documents_entiers([s.pk], a.date())[0]["service_at_locations"]}
    fusion = actions.fusionner_des_parties(Objet.SERVICE, un.pk, deux.pk, prendre=["description"], role=role, a=a)
    assert {str(service_au_lieu(cle, a.date())["service"]["name"]) for cle in ouvertes} == {un.nom}
    un.refresh_from_db()
    assert un.description.startswith("La description la plus") and service_garde(deux.pk) == un.pk
    assert Permanence.objects.filter(service=un).count() == Interlocuteur.objects.filter(service=un).count() == 2
    lieux = Site.objects.order_by("pk")
    des_lieux = actions.fusionner_des_parties(Objet.SITE, lieux[0].pk, lieux[1].pk, prendre=[], role=role, a=a)

    # What the open interface called each of them still answers, by the one that stays.
    assert len(ouvertes) == 2 and len({service_au_lieu(cle, a.date())["id"] for cle in ouvertes}) == 1

    # Both sources go on: nothing comes back, nothing is taken out.
    assert (lire("deux", "Tu 14:00-16:00").crees, lire("un").crees) == (0, 0)
    assert (Service.objects.count(), Site.objects.count(), Permanence.objects.count()) == (1, 1, 2)
    assert {v.motif for v in lire("deux").avertissements} >= {"fusionné avec un autre service : sa ligne ne change rien"}

    # Their structures become one too: the places stay merged.
    des_structures = actions.fusionner(un.structure_id, deux.structure_id, prendre=[], role=role, a=a)
    lire("deux", "Tu 14:00-16:00")
    assert (Site.objects.count(), Service.objects.count()) == (1, 1)
    actions.separer(des_structures.pk, role=role, a=a)

    assert actions.separer_des_parties(des_lieux.pk, role=role, a=a) == ()
    assert actions.separer_des_parties(fusion.pk, role=role, a=a) == ()
    assert photo() == avant
    with pytest.raises(actions.FusionRefusee, match="déjà défaite"):
        actions.separer_des_parties(fusion.pk, role=role, a=a)
    # Parted, each follows its own source again.
    lire("deux", "We 10:00-12:00")
    assert Permanence.objects.get(service=deux).horaires == "We 10:00-12:00"
    etranger = replace(role, departement="25", structure_id=0)
    for geste in (
        lambda: actions.fusionner_des_parties(Objet.SITE, lieux[0].pk, lieux[1].pk, prendre=[], role=etranger, a=a),
        lambda: actions.fusionner_des_parties(Objet.SERVICE, un.pk, un.pk, prendre=[], role=role, a=a),
    ):
        with pytest.raises(actions.FusionRefusee):
            geste()
    with pytest.raises(actions.FusionInconnue):
        actions.separer_des_parties(fusion.pk, role=etranger, a=a)


def test_un_service_ou_un_lieu_qui_tient_des_donnees_protegees_n_est_jamais_absorbe(lire, a):
    from premier_accueil.accueil import actions as accueil

    lire("un")
    lire("deux")
    un, deux = Service.objects.order_by("pk")
    ici = Site.objects.get(structure=deux.structure_id)
    accueil.accueillir(f.demande(mots="x"), role=f.agent(deux.structure, Fonction.ACCUEIL), site_id=ici.pk, a=f.LUNDI_10H)
    role = replace(coordination(f.structure("Département")), departement="44")
    autre = Site.objects.get(structure=un.structure_id)
    with pytest.raises(actions.FusionRefusee, match="des passages"):
        actions.fusionner_des_parties(Objet.SITE, autre.pk, ici.pk, prendre=[], role=role, a=a)
    assert Site.objects.count() == 2 and Permanence.objects.filter(site=ici).count() == 1
    actions.fusionner_des_parties(Objet.SITE, ici.pk, autre.pk, prendre=["nom"], role=role, a=a)
    assert Permanence.objects.filter(site=ici).count() == 2


def test_un_lien_de_campagne_deja_envoye_ouvre_la_fiche_gardee_apres_une_fusion(a):
    from premier_accueil.annuaire.actions import campagnes

    une, autre = jumelles()
    role = replace(coordination(f.structure("EDS", "EDS")), departement="44")
    comite = f.LUNDI_10H.date().replace(month=12, day=15)
    demande = campagnes.Demande(comite, Quoi.TOUTES, "", "", "https://exemple.test/f/{}/")
    campagnes.ouvrir_une_campagne(demande, role=role, a=f.LUNDI_10H)
    liens = {x.structure_id: secret_de(x) for x in LienDeFiche.objects.order_by("pk")}
    fusion = actions.fusionner(une.pk, autre.pk, prendre=[], role=role, a=f.LUNDI_10H)
    ouvertes = {invitation(secret, f.LUNDI_10H).structure_id for secret in liens.values()}
    assert ouvertes == {une.pk} and LienDeFiche.objects.count() == len(liens) == 2
    assert {invitation(s, f.LUNDI_10H).lien_id for s in liens.values()} == {LienDeFiche.objects.get(mene_a=None).pk}
    actions.separer(fusion.pk, role=role, a=f.LUNDI_10H)
    assert {cle: invitation(s, f.LUNDI_10H).structure_id for cle, s in liens.items()} == {une.pk: une.pk, autre.pk: autre.pk}

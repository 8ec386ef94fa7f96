"""Entries that may be one: scored by criteria, merged by choice, undone whole; never at the price of a secret."""

from __future__ import annotations

from dataclasses import replace

import pytest

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.importer import importer_lignes
from premier_accueil.annuaire.imports.lecture import Ligne
from premier_accueil.annuaire.models import AliasDeSource, PaireDeDoublons, Revision, Service, Site
from premier_accueil.annuaire.regles.doublons import Carte, a_comparer, comparer, reglage
from premier_accueil.annuaire.regles.historique import Objet, Origine
from premier_accueil.annuaire.requetes.doublons import face_a_face, paires_proposees
from tests import fabriques as f
from tests.annuaire.fabriques import service, structure
from tests.annuaire.situations import coordination, jumelles

FS = Carte(
    1, "france-services", "France services d'Allonnes", "FRANCE_SERVICES", "", "02 52 60 09 65", "", 7, "Allonnes",
    "31 rue Jean Gallart", 47.29, 0.02,
)  # fmt: skip


@pytest.mark.parametrize(
    ("autre", "proposee"),
    [
        ({"source": "dila", "nom": "Maison de services au public (MSAP) - Allonnes", "latitude": None, "longitude": None}, True),
        ({"source": "autre", "nom": "Espace France Services Allonnes", "telephone": "", "adresse": "31, r. Jean-Gallart"}, True),
        ({"source": "autre", "nom": "Point numérique", "siret": "12345678900011", "genre": "AUTRE"}, False),
        # Next door, same switchboard, another house.
        ({"source": "autre", "nom": "Mairie d'Allonnes", "genre": "MAIRIE"}, False),
        ({"source": "autre", "nom": "CCAS d'Allonnes", "genre": "CCAS"}, False),
        # The same name in another town.
        ({"source": "autre", "nom": "France services d'Allonnes", "commune_id": 8, "telephone": "", "latitude": 48.0}, False),
        # One list, two buses at one address.
        ({"nom": "Bus France services du Saumurois", "telephone": "", "latitude": 47.2901}, False),
    ],
)
def test_ce_qui_rapproche_et_ce_qui_eloigne(autre, proposee):
    carte = replace(FS, id=2, **autre)
    verdict = comparer(FS, carte)
    assert (verdict.score >= reglage()["seuil"]) is proposee, verdict
    assert verdict == comparer(carte, FS)


def test_ce_que_trop_de_fiches_partagent_ne_rapproche_personne():
    memes = [replace(FS, id=i, nom=f"Service {i} {'abcdefgh'[i % 8] * 5}", adresse="", latitude=None) for i in range(200)]
    assert len(list(a_comparer(memes))) < 200 * 13  # 19,900 pairs share the phone and the town
    deux = [FS, replace(FS, id=2)]
    assert [(u.id, v.id) for u, v in a_comparer(deux)] == [(1, 2)]


@pytest.mark.django_db
def test_ecartee_une_paire_ne_revient_pas(a):
    une, _autre = jumelles()
    role = coordination(une)
    assert actions.proposer_des_doublons(a=a) == 1
    assert actions.proposer_des_doublons(a=a) == 0
    (paire,) = paires_proposees(role).lignes
    assert paire.score >= 90 and "même téléphone" in dict(paire.raisons)
    actions.ecarter(paire.id, role=role, a=a)
    actions.ecarter(paire.id, role=role, a=a)
    assert actions.proposer_des_doublons(a=a) == 0
    assert paires_proposees(role).nombre == 0 and face_a_face(paire.id, role) is None
    with pytest.raises(actions.PaireInconnue):
        actions.ecarter(paire.id, role=replace(role, departement="25", structure_id=0), a=a)


@pytest.mark.django_db
def test_fusionner_puis_importer_puis_revenir_en_arriere(communes, a):
    def lire(source, **reste):
        return importer_lignes(
            [Ligne(1, structure(1, source=source, id=f"{source}--s1", **reste))],
            [Ligne(1, service(1, source=source, id=f"{source}--v1", structure_id=f"{source}--s1", nom=f"Aide {source}"))],
            "s", "v", a=a,
        )  # fmt: skip

    lire("un", nom="Centre social", telephone="0240983000", site_web="https://un.exemple")
    lire("deux", nom="Centre social Varades", telephone="0240983001", description="Ouvert à tous.")
    gardee, absorbee = Structure.objects.get(source="un"), Structure.objects.get(source="deux")
    role = coordination(f.structure("EDS", "EDS"))
    avant = {pk: Structure.objects.values().get(pk=pk) for pk in (gardee.pk, absorbee.pk)}
    lieux = set(Site.objects.values_list("pk", "structure_id", "source_id"))
    fusion = actions.fusionner(gardee.pk, absorbee.pk, prendre=["telephone", "description"], role=role, a=a)

    assert not Structure.objects.filter(pk=absorbee.pk).exists()
    gardee.refresh_from_db()
    assert (gardee.telephone, gardee.description, gardee.nom) == ("02 40 98 30 01", "Ouvert à tous.", "Centre social")
    assert set(Service.objects.values_list("structure_id", flat=True)) == {gardee.pk}
    assert set(Revision.objects.filter(origine="FUSION").values_list("champ", flat=True)) == {"telephone", "description"}

    # Both sources go on: each updates what it masters, and creates nothing.
    deux = lire("deux", nom="Renommé par deux", telephone="0240983009", description="Fermé en août.")
    un = lire("un", nom="Renommé par un", telephone="0240980000", site_web="https://un.exemple")
    gardee.refresh_from_db()
    assert (un.crees, deux.crees, Structure.objects.exclude(pk=role.structure_id).count()) == (0, 0, 1)
    assert (gardee.nom, gardee.telephone, gardee.description) == ("Renommé par un", "02 40 98 30 09", "Fermé en août.")
    assert (Site.objects.count(), Service.objects.count()) == (2, 2)

    # Back: the entry that went is whole; what its source said since stays where it was said, and is named.
    restes = actions.separer(fusion.pk, role=role, a=a)
    assert set(restes) == {"Téléphone", "Présentation"}
    assert Structure.objects.values().get(pk=absorbee.pk) == avant[absorbee.pk]
    assert set(Site.objects.values_list("pk", "structure_id", "source_id")) == lieux
    assert Service.objects.get(source="deux").structure_id == absorbee.pk
    assert not AliasDeSource.objects.exists()
    assert PaireDeDoublons.objects.get().etat == "PROPOSEE"
    with pytest.raises(actions.FusionRefusee, match="déjà défaite"):
        actions.separer(fusion.pk, role=role, a=a)
    assert lire("deux", nom="Centre social Varades").crees == 0

    # At once: everything is exactly as before.
    avant = {pk: Structure.objects.values().get(pk=pk) for pk in (gardee.pk, absorbee.pk)}
    fusion = actions.fusionner(gardee.pk, absorbee.pk, prendre=["nom", "siret"], role=role, a=a)
    assert actions.separer(fusion.pk, role=role, a=a) == ()
    assert {pk: Structure.objects.values().get(pk=pk) for pk in avant} == avant


@pytest.mark.django_db
def test_une_correction_a_la_main_passe_avec_la_fusion(communes, a):
    une, autre = jumelles()
    role = coordination(f.structure("EDS", "EDS"))
    actions.modifier(Objet.STRUCTURE, autre.pk, {"telephone": "0240001111"}, origine=Origine.HUMAIN, auteur=None, a=a)
    actions.fusionner(une.pk, autre.pk, prendre=["telephone"], role=role, a=a)
    importer_lignes([Ligne(1, structure(1, source="essai", id=une.source_id, telephone="0240002222"))], [], "s", "v", a=a)
    une.refresh_from_db()
    assert une.telephone == "02 40 00 11 11"


@pytest.mark.django_db
@pytest.mark.parametrize("quoi", ["compte", "passage", "ecartee"])
def test_une_fiche_qui_tient_des_donnees_protegees_n_est_jamais_absorbee(a, quoi):
    from premier_accueil.personnes.models import Personne, StructureEcartee
    from tests.personnes import situations as personnes

    une, autre = jumelles()
    dite = "des comptes d'agents"
    if quoi == "compte":
        f.agent(autre, Fonction.ACCUEIL)
    else:
        chez = f.structure("CCAS", "CCAS") if quoi == "ecartee" else autre
        qui = f.agent(chez, Fonction.TRAVAIL_SOCIAL)
        cle = personnes.personne(qui)
        dite = "des dossiers de personnes"
        if quoi == "ecartee":
            StructureEcartee.objects.create(
                structure=chez, personne=Personne.objects.get(pk=cle), ecartee=autre, motif="x", pose_le=a,
                pose_par_id=qui.compte_id,
            )  # fmt: skip
    # The coordination is behind other walls: it reads none of those rows, the database alone knows.
    role = coordination(f.structure("EDS", "EDS"))
    with pytest.raises(actions.FusionRefusee, match=dite) as refus:
        actions.fusionner(une.pk, autre.pk, prendre=["telephone"], role=role, a=a)
    assert autre.nom in str(refus.value) and "CCAS" not in str(refus.value)
    assert Structure.objects.filter(pk=autre.pk).exists() and not AliasDeSource.objects.exists()
    assert Service.objects.get(nom="Service de autre-source").structure_id == autre.pk
    # Kept, it may take the other one in: nothing confidential moves.
    actions.fusionner(autre.pk, une.pk, prendre=[], role=role, a=a)
    assert Service.objects.filter(structure=autre).count() == 2

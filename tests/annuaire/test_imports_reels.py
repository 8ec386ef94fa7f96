"""The real open files, one after the other: counts, refusals, duplicates proposed, history, a correction that stays."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.models import (
    ImportDAnnuaire,
    PaireDeDoublons,
    Permanence,
    Revision,
    Service,
    Site,
)
from premier_accueil.annuaire.regles.historique import Objet, Origine

pytestmark = pytest.mark.django_db


def comptes(bilan):
    return bilan.lus, bilan.crees, bilan.modifies, bilan.inchanges, bilan.refuses


def test_les_fichiers_reels_l_un_apres_l_autre(donnees_reelles, a):
    from premier_accueil.territoire.actions import charger_communes

    charger_communes()
    vieux = donnees_reelles / "france-services" / "france_services-2020.geojson"
    recent = donnees_reelles / "france-services" / "liste-fs-20240801.csv"
    dila = donnees_reelles / "annuaire-dila-2019" / "annuaire_44_49_42_25.csv"
    lieux_49 = donnees_reelles / "maine-et-loire" / "maine-et-loire.json"

    # 2020: three lines of overseas collectivities are not among the communes.
    assert comptes(actions.importer_france_services(vieux, a=a)) == (908, 905, 0, 0, 3)
    assert set(Structure.objects.values_list("date_maj", flat=True)) == {date(2020, 9, 1)}
    assert Counter(Permanence.objects.values_list("forme", flat=True)) == {"FIXE": 853, "ITINERANTE": 52}
    assert not Revision.objects.exists()  # a creation has no history

    # 2024: the same identifiers; what changed is told field by field.
    assert comptes(actions.importer_france_services(recent, a=a)) == (2845, 1949, 894, 0, 2)
    assert Service.objects.count() == 905 + 1949
    histoire = Counter(Revision.objects.filter(objet="STRUCTURE").values_list("champ", flat=True))
    assert histoire["nom"] > 300
    assert set(Revision.objects.values_list("origine", "auteur_dit").distinct()) == {("IMPORT", "france-services")}

    # Somebody calls, and corrects one entry.
    une = Structure.objects.get(source="france-services", source_id="1")
    actions.modifier(
        Objet.STRUCTURE, une.pk, {"telephone": "04 50 56 00 00"}, origine=Origine.HUMAIN, auteur=None, a=a
    )
    lignes = Revision.objects.count()
    encore = actions.importer_france_services(recent, a=a)
    assert comptes(encore) == (2845, 0, 0, 2843, 2)
    une.refresh_from_db()
    assert une.telephone == "04 50 56 00 00"
    gardes = [(v.identifiant, v.champ, v.valeur) for v in encore.avertissements if "corrigé à la main" in v.motif]
    assert gardes == [("1", "telephone", "04 50 56 87 49")]
    assert Revision.objects.count() == lignes

    # 2020 again, after 2024: an older file teaches nothing.
    assert comptes(actions.importer_france_services(vieux, a=a)) == (908, 0, 0, 905, 3)

    # DILA 2019: no point, seven years old; what receives nobody for daily life has no service.
    bilan = actions.importer_dila(dila, a=a)
    assert bilan.lus == 1889 and bilan.crees + bilan.refuses == 1889
    assert {r.motif for r in bilan.refus} == {"commune inconnue"} and bilan.refuses <= 9
    du_dila = Structure.objects.filter(source="dila")
    assert set(du_dila.values_list("date_maj", flat=True)) == {date(2019, 7, 1)}
    assert not Site.objects.filter(structure__source="dila").exclude(latitude=None).exists()
    assert not du_dila.filter(nom__regex=r"[\x80-\x9f]|\d{5}-\d{2}$").exists()
    assert Service.objects.filter(source="dila", structure__genre="MAIRIE").count() > 1300
    assert not Service.objects.filter(source="dila", source_id__startswith="tresorerie").exists()

    # Maine-et-Loire: Lambert 93 becomes degrees inside the right commune; closed places are refused.
    bilan = actions.importer_mediation_numerique(lieux_49, a=a)
    motifs = Counter(r.motif for r in bilan.refus)
    assert motifs["le fichier dit que ce lieu ne reçoit pas"] == 23 and motifs["champ obligatoire absent"] == 3
    assert bilan.crees + bilan.refuses == 243
    points = Site.objects.filter(structure__source="mediation-numerique-49")
    assert points.filter(point_verifie=True).count() >= points.count() - 3

    # The same house under two sources is proposed; a town hall is never proposed with another kind of house.
    paires = list(PaireDeDoublons.objects.select_related("une", "autre").order_by("-score"))
    entre = Counter(tuple(sorted((p.une.source, p.autre.source))) for p in paires)
    assert entre["france-services", "mediation-numerique-49"] >= 20
    assert entre["dila", "france-services"] >= 15
    assert not [p for p in paires if "MAIRIE" in {p.une.genre, p.autre.genre} and p.une.genre != p.autre.genre]
    noms = {(p.une.nom, p.autre.nom) for p in paires}
    assert ("France services d'Allonnes", "France Services d'Allonnes") in noms
    assert list(ImportDAnnuaire.objects.filter(fini_le=None)) == []
    assert ImportDAnnuaire.objects.order_by("-pk").first().resume["doublons"] > 0

"""The sheets as a browser asks them: written, decided, read at the counter by urgency, printed, shown to anybody."""

from __future__ import annotations

import re

import pytest

from premier_accueil.acteurs.models import Compte
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.reperes import actions
from premier_accueil.reperes.models import FicheRepere, GuideOperationnel, VersionDeFiche
from tests import fabriques as f
from tests.reperes import situations as s

pytestmark = pytest.mark.django_db


@pytest.fixture
def navigateurs(client, guichet, role, lieu):
    """Return the counter, the coordination, and somebody without account."""
    from django.test import Client

    coordination = Client()
    coordination.force_login(Compte.objects.get(pk=s.coordination().compte_id))
    return guichet, coordination, client


def page(client, adresse, statut=200, **donnees):
    reponse = client.post(adresse, donnees) if donnees else client.get(adresse)
    assert reponse.status_code == statut, (adresse, reponse.status_code)
    return reponse.content.decode()


def test_de_la_premiere_ligne_au_guichet(navigateurs, role, lieu, monkeypatch):
    guichet, coordination, passant = navigateurs
    f.service(lieu.structure, nom="Garage solidaire")
    # Written from nothing: an unknown structure is said, what was typed is kept.
    typee = {
        "titre": "Plus de toit ce soir", "urgences": "SANS_ABRI", "thematiques": f.REPARER, "services_pres_d_ici": "on",
        "papiers": "SECOURS_CCAS", "numeros": "3114", "structures": "Maison inconnue", "proprietaires": "",
        "conduite": "1. **Appelez** le 115.\n2. <script>alert(1)</script>", "texte": "# La règle\nCode, article L.345-2-2.",
        "texte_public": "Venez, *même sans papiers*.",
    }  # fmt: skip
    refus = page(guichet, "/reperes/nouvelle/", 400, **typee)
    assert "Pas dans l&#x27;annuaire : « Maison inconnue »" in refus and "Code, article L.345-2-2." in refus
    page(guichet, "/reperes/nouvelle/", 302, **typee | {"structures": lieu.structure.nom})
    fiche = FicheRepere.objects.get().pk
    ecrire = page(guichet, f"/reperes/{fiche}/modifier/")
    assert "Langage clair" in ecrire and "Plus de toit ce soir" in ecrire
    # Two hands: the second sees both texts, and saves knowing.
    page(guichet, f"/reperes/{fiche}/modifier/", 302, **typee | {"structures": "", "revision": 1, "texte": "Le premier"})
    conflit = page(guichet, f"/reperes/{fiche}/modifier/", 409, **typee | {"structures": "", "revision": 1, "texte": "Le second"})
    assert "rien n&#x27;est perdu" in conflit and "Votre texte</h2>" in conflit and "Le second</textarea>" in conflit
    assert re.search(r"<del>.*premier.*</del>.*<ins>.*second", conflit)
    assert re.search(r'name="revision" value="2"', conflit)
    # A draft is nobody else's; sent, it is the coordination's to decide, by name.
    assert coordination.get(f"/reperes/{fiche}/").status_code == 404
    page(guichet, f"/reperes/{fiche}/faire/", 302, geste="soumettre", numero=1)
    sans = page(coordination, f"/reperes/{fiche}/faire/", 400, geste="valider", numero=1, decision="Adoptée à main levée", par="")
    assert "Dites qui a décidé" in sans and "Adoptée à main levée" in sans
    decision = {"decision": "Adoptée", "par": "Comité (exemple)", "le": "2026-11-20"}
    page(coordination, f"/reperes/{fiche}/faire/", 302, geste="valider", numero=1, **decision)
    # Somebody was faster: what was typed for a gesture that is not there any more is shown, not lost.
    assert "Mes mots à moi" in page(coordination, f"/reperes/{fiche}/faire/", 400, geste="valider", numero=1, decision="Mes mots à moi")
    page(coordination, f"/reperes/{fiche}/faire/", 302, geste="publier", numero=1, publique="1")
    # At the counter: by urgency from any page, among the suggestions, and the number first.
    assert "Plus de toit ce soir" in page(guichet, "/urgences/")
    suggestions = page(guichet, "/guichet/suggestions/", mots="je dors dehors ce soir", mode="voiture")
    assert f"/reperes/{fiche}/" in suggestions
    assert f"/reperes/{fiche}/" in page(guichet, "/guichet/suggestions/", besoins=f.REPARER, mode="voiture")
    vue = page(guichet, f"/reperes/{fiche}/")
    assert "<script>alert" not in vue and "&lt;script&gt;" in vue and "<strong>Appelez</strong>" in vue
    assert "Garage solidaire" in vue and "Aide alimentaire, secours du CCAS" in vue
    assert vue.index("Numéros") < vue.index("Conduite à tenir") < vue.index("Qui appeler") < vue.index("Papiers</h2>")
    assert vue.count("<h1") == 1 and "Comité (exemple)" in vue
    page(guichet, f"/reperes/{fiche}/lu/", 302, numero=1)
    assert "Vous l'avez lue" in page(guichet, f"/reperes/{fiche}/")
    assert "pas encore" not in page(coordination, "/reperes/suivi/") and "1 sur 2" in page(coordination, "/reperes/suivi/")
    # On paper, tagged; and what anybody reads has nothing internal.
    pdf = guichet.get(f"/reperes/{fiche}/pdf/")
    assert pdf["Content-Type"] == "application/pdf" and b"pdfuaid" in pdf.content
    slug = FicheRepere.objects.get().slug
    public = page(passant, f"/fiches/{slug}/")
    assert "<em>même sans papiers</em>" in public and "Appelez" not in public and "115" not in public.split("numeros")[0]
    assert slug in page(passant, "/fiches/") and slug in page(passant, "/urgences/") and "/reperes/" not in page(passant, "/urgences/")
    assert passant.get("/fiches/rien/").status_code == 404
    page(coordination, f"/reperes/{fiche}/public/", 302, montrer="0", numero=1)
    assert passant.get(f"/fiches/{slug}/").status_code == 404


def test_un_exemple_devient_un_brouillon_marque(guichet, role):
    page(guichet, "/reperes/nouvelle/", 302, exemple="4-violences-conjugales")
    version = VersionDeFiche.objects.get()
    assert version.exemple and version.etat == "BROUILLON"
    assert "Exemple à valider par le comité" in page(guichet, f"/reperes/{version.fiche_id}/")


def test_un_guide_se_compose_se_lit_et_s_imprime(guichet, role, lieu):
    coordination = s.coordination()
    f.service(lieu.structure)
    # Hostile words, long ones, letters without glyph: the print never fails for them.
    hostile = "#let x = 1 \\ $a$ `code` @ref <tag> 😀 李明 " + "é" * 300 + "\n\n- a\n  - b\n\n> cité\n\n---\n\n1. un\n\n#  \n\n**"
    une = s.publiee(role, coordination, titre="Une fiche 😀", conduite=hostile, texte=hostile)
    deux = s.publiee(role, coordination, titre="Deux")
    refus = page(guichet, "/reperes/guides/nouveau/", 400, titre="Guide", introduction="Mon introduction")
    assert "Choisissez au moins une fiche" in refus and "Mon introduction" in refus
    page(
        guichet, "/reperes/guides/nouveau/", 302,
        **{"titre": "Guide", "introduction": hostile, "avec_le_curseur": "on", f"rang_{deux}": "1", f"rang_{une}": "2"},
    )  # fmt: skip
    guide = GuideOperationnel.objects.get().pk
    vue = page(guichet, f"/reperes/guides/{guide}/")
    assert vue.index("Deux") < vue.index("Une fiche") and "Troisième rencontre" in vue
    niveaux = [int(n) for n in re.findall(r"<h([1-6])", vue)]
    assert all(b <= a + 1 for a, b in zip([0, *niveaux], niveaux, strict=False)), niveaux
    pdf = guichet.get(f"/reperes/guides/{guide}/pdf/")
    assert b"pdfuaid" in pdf.content
    page(guichet, f"/reperes/guides/{guide}/modifier/", 302, titre="Guide court", revision=1, **{f"rang_{une}": "1"})
    assert "Troisième rencontre" not in page(guichet, f"/reperes/guides/{guide}/")
    assert page(guichet, "/reperes/guides/").count("Guide court") == 2
    page(guichet, f"/reperes/guides/{guide}/modifier/", 400, titre="Trop tard", revision=1, **{f"rang_{une}": "1"})


def test_ce_qui_a_change_se_lit_sans_couleur(guichet, role, clients, django_assert_max_num_queries):
    coordination = s.coordination()
    fiche = s.publiee(role, coordination)
    actions.preparer_la_suivante(fiche, role=role, a=s.A)
    actions.ecrire(fiche, s.ecrit(conduite="1. Écoutez.\n2. Appelez la **mission locale**.", numeros=("17",)), revision=1, role=role, a=s.A)
    vue = page(guichet, f"/reperes/{fiche}/versions/")
    assert "[ajouté : </span>" in vue and "[retiré : </span>" in vue and "(retiré)" in vue
    assert "disent la même chose" in page(guichet, f"/reperes/{fiche}/versions/?de=1&vers=1")
    assert guichet.get(f"/reperes/{fiche}/versions/?de=1&vers=9").status_code == 404
    # An agent of the same house sees no list of who read; its referent does.
    assert guichet.get(f"/reperes/{fiche}/lectures/").status_code == 403
    assert "pas encore" in page(clients("ENCADREMENT"), f"/reperes/{fiche}/lectures/")
    with django_assert_max_num_queries(24):
        page(guichet, f"/reperes/{fiche}/")
    for n in range(3):
        s.publiee(role, coordination, titre=f"Autre {n}")
    with django_assert_max_num_queries(12):
        page(guichet, "/reperes/")
    assert Fonction.ACCUEIL is role.fonction

"""The house holds: every rule of the plan that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.environnement import RACINE

# Written in two pieces so that this very file does not name them.
HOTES_DE_REGISTRES = [
    "pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb" + "ian.org", "crates" + ".io",
]  # fmt: skip
# The open directory answers anybody: the operations of HSDS, by their names.
OUVERTES = {
    "openapi-json", "api-root", "getAPIMetaInformation", "getProfile", "getPaginatedListOfServices",
    "getFullyNestedServiceById", "getPaginatedListOfOrganizations", "getOrganizationById",
    "getPaginatedListOfServiceAtLocation", "getServiceAtLocationWithNestedDataById", "getPaginatedListOfTaxonomies",
    "getTaxonomyById", "getPaginatedListOfTaxonomyTerms", "getTaxonomyTermById",
}  # fmt: skip
TEXTES = {
    ".py",
    ".md",
    ".txt",
    ".in",
    ".toml",
    ".yaml",
    ".yml",
    ".html",
    ".js",
    ".css",
    ".sh",
    ".typ",
    ".tsv",
    ".svg",
    "",
}


def fichiers_suivis() -> list[Path]:
    """Return the files that git tracks, or every file when this is no checkout."""
    resultat = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=RACINE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [RACINE / nom for nom in resultat.stdout.split("\0") if nom and (RACINE / nom).is_file()]


def sources() -> list[Path]:
    return [f for f in fichiers_suivis() if f.suffix == ".py" and "migrations" not in f.parts]


def test_aucun_fichier_python_ne_depasse_300_lignes():
    longs = {str(f.relative_to(RACINE)): n for f in sources() if (n := len(f.read_text().splitlines())) > 300}
    assert not longs


def test_aucune_vue_ne_depasse_25_lignes():
    longues = {}
    for fichier in (RACINE / "premier_accueil" / "pages").rglob("*.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text())):
            if isinstance(noeud, ast.FunctionDef) and any(
                "entree" in ast.dump(d) or "publique" in ast.dump(d) for d in noeud.decorator_list
            ):
                taille = (noeud.end_lineno or 0) - noeud.lineno + 1
                if taille > 25:
                    longues[f"{fichier.name}:{noeud.name}"] = taille
    assert not longues


@pytest.mark.parametrize("hote", HOTES_DE_REGISTRES)
def test_aucun_fichier_ne_nomme_un_registre(hote):
    fautifs = [
        str(f.relative_to(RACINE))
        for f in fichiers_suivis()
        if f.suffix in TEXTES and hote in f.read_text(errors="ignore")
    ]
    assert not fautifs


def test_aucun_fichier_ne_porte_un_chemin_de_machine():
    motif = re.compile(r"(/home/\w+|/Users/\w+|/work/|/root/)")
    fautifs = [
        str(f.relative_to(RACINE)) for f in fichiers_suivis()
        if f.suffix in TEXTES and f.name != "test_maison.py" and motif.search(f.read_text(errors="ignore"))
    ]  # fmt: skip
    assert not fautifs


def test_les_paquets_sont_epingles_par_empreinte():
    for nom in ("requirements.txt", "requirements-dev.txt"):
        texte = (RACINE / nom).read_text()
        epingles = re.findall(r"^[a-z0-9][\w.-]*(?:\[[^\]]*\])?==", texte, re.MULTILINE | re.IGNORECASE)
        assert len(epingles) > 30
        assert texte.count("--hash=sha256:") >= len(epingles)


def vues():
    """Yield (name, view) for every address of the product."""
    from django.urls import URLResolver, get_resolver

    def parcourir(motifs, prefixe=""):
        for motif in motifs:
            if isinstance(motif, URLResolver):
                yield from parcourir(motif.url_patterns, f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe)
            else:
                yield f"{prefixe}{motif.name}", motif.callback

    yield from parcourir(get_resolver().url_patterns)


def test_chaque_adresse_dit_qui_entre():
    toutes = dict(vues())
    assert len(toutes) > 20
    assert not [nom for nom, vue in toutes.items() if not hasattr(vue, "entree")]


def test_les_adresses_publiques_sont_connues():
    publiques = {nom for nom, vue in vues() if vue.entree is None}
    assert publiques == {
        "racine", "ecran", "urgences", "fiches:liste", "fiches:une", "annuaire:ouvert", "fiche_par_lien", "corriger_par_lien", "fermer_par_lien", "ouvert:service", "ouvert:classement", "ouvert:carte_de_service", "ouvert:offre",
        "ouvert:catalogue_pdf", "ouvert:plan", "ouvert:plan_partie", "ouvert:carte_de_structure", "feuille:entree", "feuille:personne",
        "pieces:entree", "pieces:personne",
        "compte:connexion", "compte:essai", "compte:deconnexion", "compte:verrou", "compte:sans_mission",
        "compte:code", "compte:oidc", "compte:oidc_retour", "compte:oidc_finir", "partage:lien", "agenda:flux", "lien_de_relais",
        *(f"hsds:{nom}" for nom in OUVERTES), "orienter:openapi-json", "orienter:api-root", "orienter:orienter", "api:openapi-json", "api:api-root", "api:table", "api:lister", "api:envoyer", "api:lire", "api:agir",
    }  # fmt: skip


def test_chaque_table_est_au_glossaire():
    from django.apps import apps

    glossaire = (RACINE / "docs" / "glossaire.md").read_text()
    noms = [m.__name__ for m in apps.get_models() if m.__module__.startswith("premier_accueil.")]
    assert len(noms) > 15
    assert not [nom for nom in noms if f"`{nom}`" not in glossaire]


@pytest.mark.django_db
def test_une_lecture_ne_peut_pas_ecrire(rf):
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpResponse

    from premier_accueil.acteurs.models import Organisme
    from premier_accueil.pages.entree import EcritureEnLecture, publique

    @publique
    def fautive(requete):
        Organisme.objects.create(nom="écrit par un GET")
        return HttpResponse()

    requete = rf.get("/")
    requete.user = AnonymousUser()
    with pytest.raises(EcritureEnLecture):
        fautive(requete)
    requete = rf.post("/")
    requete.user = AnonymousUser()
    assert fautive(requete).status_code == 200


@pytest.mark.django_db
def test_le_role_de_l_application_est_simple():
    from django.db import DatabaseError, connection, transaction

    with connection.cursor() as curseur:
        curseur.execute("SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert curseur.fetchone() == (False, False, False)
        with pytest.raises(DatabaseError), transaction.atomic():
            curseur.execute("ALTER TABLE accueil_passage ADD COLUMN nir text")


@pytest.mark.django_db
def test_les_migrations_disent_les_modeles():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_une_variable_absente_fait_echouer_un_gabarit():
    from django.template import engines

    with pytest.raises(AssertionError, match="missing template variable"):
        engines["django"].from_string("{{ absente }}").render({})

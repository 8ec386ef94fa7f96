"""T18: whoever writes freely about a person is re-read, gently, before anything is saved."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django import forms

from premier_accueil.accueil.models import Attente
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.pages.demarches import formulaires as demarches
from premier_accueil.pages.entretien import saisie as entretien
from premier_accueil.pages.personnes import formulaires as personnes
from premier_accueil.partage.actions.conservation import exercer_un_droit
from premier_accueil.partage.regles.conservation import GenreDeDroit
from tests import fabriques as f
from tests.entretien import situations
from tests.environnement import RACINE
from tests.pages.conftest import connecte
from tests.pages.test_file import donner, regler
from tests.pages.test_partage import adresse, page, saisir
from tests.partage.situations import monde, tenir_au_secret
from tests.partage.valeurs import TABLE
from tests.personnes import situations as p

GABARITS = RACINE / "premier_accueil" / "pages" / "templates"



def test_t18_chaque_zone_de_texte_d_un_gabarit_est_relue():
    oubliees = []
    for gabarit in GABARITS.rglob("*.html"):
        lu = gabarit.read_text()
        for zone in re.finditer(r"<textarea\b[^>]*>", lu):
            suite = lu[zone.end() : zone.end() + 400].split("<textarea")[0]
            if "readonly" not in zone.group() and "partage/_relire.html" not in suite:
                oubliees.append(str(gabarit.relative_to(GABARITS)))
    assert not oubliees


def test_t18_chaque_zone_de_texte_d_un_formulaire_est_relue():
    classes = {c for module in (demarches, entretien, personnes) for c in vars(module).values() if isinstance(c, type)}
    formulaires = [c for c in classes if issubclass(c, personnes.Formulaire)]
    champs = [(c.__name__, nom, champ) for c in formulaires for nom, champ in c.base_fields.items()]
    champs += [("domiciliation", nom, champ) for g in ("refuser", "radier") for nom, champ in demarches._de_domiciliation(g).items()]
    zones = [(c, nom) for c, nom, champ in champs if isinstance(champ.widget, forms.Textarea) and not isinstance(champ, personnes.Libre)]
    assert not zones
    libres = {(c, nom) for c, nom, champ in champs if isinstance(champ, personnes.Libre)}
    assert {
        ("Promesse", "texte"), ("Conseil", "texte"), ("Vignette", "question"), ("Reponse", "reponse"), ("Nouvelle", "objet"),
        ("ABloquer", "motif"), ("AEcarter", "motif"), ("Ouverture", "raison"), ("RegleDeContact", "precisions"),
        ("Identite", "appellation"), ("AuFoyer", "lien"), ("domiciliation", "decision_ecrite"),
    } <= libres  # fmt: skip


def relus(reponse) -> dict[str, str]:
    """Return the re-read fields of a page: name → id of the field that wakes the reader; each id stands once."""
    lu = page(reponse)
    trouves = dict(re.findall(r'data-relire="([^"]+)"[^>]*from:#([\w-]+)', lu))
    for ancre in trouves.values():
        assert len(re.findall(rf'\bid="{ancre}"', lu)) == 1
    return trouves


@pytest.mark.django_db
def test_t18_la_relecture_est_la_ou_l_on_ecrit_d_une_personne(lieu, clients):
    role = f.agent(lieu.structure, Fonction.TRAVAIL_SOCIAL)
    client, personne = connecte(role), p.personne(role)
    assert relus(client.get(f"/personnes/{personne}/joindre/")) == {"precisions": "id_precisions"}
    assert relus(client.get(f"/personnes/{personne}/blocages/")) == {"motif": "id_motif"}
    assert relus(client.get("/personnes/nouvelle/")) == {"appellation": "id_appellation"}
    assert relus(client.get("/demarches/nouvelle/")) == {"objet": "id_objet"}
    assert relus(client.get("/entretien/vignettes/")) == {"texte": "id_texte", "question": "id_question"}
    assert relus(client.get(f"/conservation/personnes/{personne}/")) == {"precisions": "precisions"}
    exercer_un_droit(personne, GenreDeDroit.ACCES, demande_id=uuid4(), precisions="", role=role, a=f.LUNDI_10H)
    (reponse,) = relus(clients("DPO").get("/conservation/droits/")).items()
    assert re.fullmatch(r"r\d+", reponse[1])
    assert reponse[0] == "reponse"


@pytest.mark.django_db
def test_t18_la_raison_d_une_priorite_est_relue(guichet, role):
    regler(role)
    assert relus(guichet.get("/file/")) == {"priorite_mots": "priorite_mots"}
    donner(guichet)
    assert "priorite_mots" in relus(guichet.get(f"/file/{Attente.objects.get().pk}/"))
    assert "cas soc" in page(guichet.post("/partage/relire/", {"champ": "priorite_mots", "priorite_mots": "un cas soc"}))


@pytest.mark.django_db
def test_t18_la_raison_d_une_base_legale_est_relue():
    m = monde()
    tenir_au_secret(m.nous)
    base = TABLE.bases["CASF_L121_6_2"]
    assert "raison" in relus(connecte(m.nous).post(adresse(m), saisir(m, "lire", base=base.code)))


@pytest.mark.django_db
def test_le_resume_de_l_entretien_est_propose_comme_note_et_lui_seul():
    m = monde()
    m.chez_nous()
    client = connecte(m.nous)
    f.site(m.ici)
    dit = replace(situations.DIT, resume="Dossier FSL à finir ensemble.", note="Pensée de travail")
    situations.clos(m.nous, ecrit=dit, personne_id=m.personne.pk)
    ecriture = page(client.post(adresse(m), saisir(m, "ecrire")))
    note = re.search(r'<textarea[^>]*name="texte_NOTE"[^>]*>([^<]*)<', ecriture)
    assert note
    assert note[1] == "Dossier FSL à finir ensemble."
    assert "Pensée de travail" not in ecriture
    assert 'value="NOTE" checked' not in ecriture  # proposed, not chosen

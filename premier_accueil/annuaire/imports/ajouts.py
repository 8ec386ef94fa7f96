"""Our additions to data·inclusion: permanences held elsewhere, exceptional closings, named contacts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from premier_accueil.annuaire.imports.bilan import BilanDImport, Origine
from premier_accueil.annuaire.imports.fiches import FermetureVoulue, InterlocuteurVoulu, Lieu, PermanenceVoulue
from premier_accueil.annuaire.imports.nettoyage import courriel_ou_rien, point, telephone_ou_rien, texte_court
from premier_accueil.annuaire.regles import Diffusion, Forme
from premier_accueil.annuaire.regles.champs import champ_de
from premier_accueil.annuaire.regles.historique import Objet
from premier_accueil.annuaire.regles.horaires import lire_phrase, valables
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU, PLACES
from premier_accueil.annuaire.regles.saisies import ValeurRefusee

HORAIRES_MAX = 500
PRECISION_MAX = 1000
SANS_LIEU = frozenset({Forme.TELEPHONE, Forme.A_DOMICILE})


def lieu_de(valeurs: Mapping[str, Any], nom: str, origine: Origine, bilan: BilanDImport) -> Lieu:
    """Read an address written with the data·inclusion names of fields."""
    latitude, longitude = point(valeurs.get("latitude"), valeurs.get("longitude"), origine, bilan)
    hote = valeurs.get("hote")
    return Lieu(
        nom=texte_court(valeurs.get("nom") or nom, 200, "nom", origine, bilan),
        adresse=texte_court(valeurs.get("adresse"), 300, "adresse", origine, bilan),
        complement=texte_court(valeurs.get("complement_adresse"), 300, "complement_adresse", origine, bilan),
        code_insee=str(valeurs.get("code_insee") or "").strip()[:5],
        code_postal=str(valeurs.get("code_postal") or "").strip()[:5],
        commune=texte_court(valeurs.get("commune"), 200, "commune", origine, bilan),
        latitude=latitude,
        longitude=longitude,
        hote=str(hote) if hote else None,
        telephone=telephone_ou_rien(valeurs.get("telephone_du_lieu"), "telephone_du_lieu", origine, bilan),
        cle=str(valeurs.get("cle") or "")[:200],
        faits=_faits(valeurs.get("faits")),
    )


def _faits(dits: object) -> tuple[tuple[str, bool], ...]:
    lus = dits if isinstance(dits, Mapping) else {}
    return tuple((nom, lus[nom]) for nom in FAITS_DU_LIEU if isinstance(lus.get(nom), bool))


def places_et_langues(ajouts: Mapping[str, Any], origine: Origine, bilan: BilanDImport) -> dict[str, object]:
    """Return what is said of languages, places and waiting list; what makes no sense is left out with a warning."""
    lus: dict[str, object] = {}
    for nom in ("langues", *PLACES):
        if nom in ajouts:
            try:
                lus[nom] = champ_de(Objet.SERVICE, nom).lire(ajouts[nom])
            except ValeurRefusee as refus:
                bilan.avertir(origine, nom, str(refus), ajouts[nom])
    dit_le = lus.get("places_dites_le")
    return lus | ({"places_dites_le": date.fromisoformat(str(dit_le))} if dit_le else {})


def permanences_de(brutes: object, origine: Origine, bilan: BilanDImport) -> tuple[PermanenceVoulue, ...]:
    """Read permanences; one that makes no sense is left out with a warning."""
    voulues: dict[object, PermanenceVoulue] = {}
    for brute in brutes if isinstance(brutes, list) else []:
        if not isinstance(brute, Mapping):
            bilan.avertir(origine, "permanences", "permanence illisible, laissée de côté", brute)
            continue
        voulue = _permanence(brute, origine, bilan)
        voulues.setdefault((voulue.lieu, voulue.horaires, voulue.horaires_texte), voulue)
    return tuple(voulues.values())


def _permanence(brute: Mapping[str, Any], origine: Origine, bilan: BilanDImport) -> PermanenceVoulue:
    horaires, texte = str(brute.get("horaires") or "").strip(), ""
    if horaires and (len(horaires) > HORAIRES_MAX or not valables(horaires)):
        lus = lire_phrase(horaires)  # a sentence that is certain is understood, the rest stays in words
        if not lus.horaires:
            dit = "horaires hors de la syntaxe OpenStreetMap : gardés tels quels"
            bilan.avertir(origine, "horaires", dit, horaires)
        texte = lus.texte if lus.horaires else texte_court(horaires, HORAIRES_MAX, "horaires", origine, bilan)
        horaires = lus.horaires
    elif brute.get("horaires_texte"):
        texte = texte_court(brute["horaires_texte"], HORAIRES_MAX, "horaires_texte", origine, bilan)
    codes = {f.value for f in Forme}
    site = brute.get("site")
    code = str(brute.get("forme") or Forme.FIXE.value).upper()
    if code not in codes:
        bilan.avertir(origine, "forme", "forme de permanence inconnue : « sur place » supposé", code)
    forme = Forme(code) if code in codes else Forme.FIXE
    sur_rendez_vous = brute.get("sur_rendez_vous")
    lieu = lieu_de(site, str(site.get("nom") or ""), origine, bilan) if isinstance(site, Mapping) else None
    return PermanenceVoulue(
        lieu=lieu,
        forme=forme,
        horaires=horaires,
        horaires_texte=texte,
        sur_rendez_vous=sur_rendez_vous if isinstance(sur_rendez_vous, bool) else None,
        precision=texte_court(brute.get("precision"), PRECISION_MAX, "precision", origine, bilan),
        fermetures=tuple(_fermetures(brute.get("exceptions"), origine, bilan)),
    )


def _fermetures(brutes: object, origine: Origine, bilan: BilanDImport) -> list[FermetureVoulue]:
    voulues: dict[tuple[date, date], FermetureVoulue] = {}
    for brute in brutes if isinstance(brutes, list) else []:
        du = _jour(brute.get("du")) if isinstance(brute, Mapping) else None
        au = (_jour(brute.get("au")) or du) if isinstance(brute, Mapping) else None
        if du is None or au is None or au < du:
            bilan.avertir(origine, "exceptions", "fermeture sans dates valables, laissée de côté", brute)
        elif brute.get("ouvert") is True:
            # An exceptional opening belongs in the hours themselves ("2026 Dec 24 09:00-12:00").
            bilan.avertir(origine, "exceptions", "ouverture exceptionnelle : écrivez-la dans les horaires", brute)
        else:
            motif = texte_court(brute.get("motif"), 200, "motif", origine, bilan)
            voulues[du, au] = FermetureVoulue(du, au, motif)
    return list(voulues.values())


def _jour(brut: object) -> date | None:
    if isinstance(brut, date):
        return brut
    try:
        return date.fromisoformat(str(brut))
    except ValueError:
        return None


def interlocuteurs_de(bruts: object, origine: Origine, bilan: BilanDImport) -> tuple[InterlocuteurVoulu, ...]:
    """Read named contacts. Without a word on who may see one, the network only (the most careful)."""
    voulus: dict[str, InterlocuteurVoulu] = {}
    codes = {d.value for d in Diffusion}
    for brut in bruts if isinstance(bruts, list) else []:
        nom = texte_court(brut.get("nom"), 120, "nom", origine, bilan) if isinstance(brut, Mapping) else ""
        if not nom:
            bilan.avertir(origine, "interlocuteurs", "interlocuteur sans nom, laissé de côté", brut)
            continue
        diffusion = str(brut.get("diffusion") or "")
        if diffusion and diffusion not in codes:
            bilan.avertir(origine, "diffusion", "diffusion inconnue : « réseau seulement » retenu", diffusion)
        voulus[nom] = InterlocuteurVoulu(
            nom=nom,
            fonction=texte_court(brut.get("fonction"), 120, "fonction", origine, bilan),
            telephone=telephone_ou_rien(brut.get("telephone"), "telephone", origine, bilan),
            courriel=courriel_ou_rien(brut.get("courriel"), "courriel", origine, bilan),
            diffusion=Diffusion(diffusion) if diffusion in codes else Diffusion.RESEAU,
        )
    return tuple(voulus.values())

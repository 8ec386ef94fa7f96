"""Read the sheets: the list, one as the counter needs it, what changed from a version to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from premier_accueil.accueil.regles.pieces import listes
from premier_accueil.orientation.requetes import familles, libelles
from premier_accueil.orientation.requetes.urgences import urgences
from premier_accueil.pages.communes import trouver_commune
from premier_accueil.pages.demarches.liste import page_dite
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.reperes.commun import numero_dit, poste, sinon_introuvable
from premier_accueil.pages.reperes.composer import composer
from premier_accueil.reperes.regles import Ligne, Morceau, ajouts_et_retraits, comparer, numeros_utiles
from premier_accueil.reperes.requetes import VUES, VersionVue, Vue, deux_versions, fiche_vue, histoire, liste_des_fiches
from premier_accueil.socle.texte import propre


@require_GET
@entree()
def liste(requete: RequeteDe) -> HttpResponse:
    """List the sheets: in force, to read, being prepared, to review; by urgency or need."""
    dite = requete.GET.get("vue", "")
    vue = Vue(dite) if dite in set(Vue) else Vue.EN_VIGUEUR
    themes, alertes = libelles(), {u.motif: u.libelle for u in urgences()}
    theme = requete.GET.get("besoin", "") if requete.GET.get("besoin", "") in themes else ""
    urgence = requete.GET.get("urgence", "") if requete.GET.get("urgence", "") in alertes else ""
    vues = liste_des_fiches(
        requete.role, timezone.now(), vue=vue, page=page_dite(requete), thematique=theme, urgence=urgence
    )
    contexte = {
        "vues": vues, "vue": vue.value, "onglets": VUES, "theme": theme, "urgence": urgence, "familles": familles(),
        "urgences": alertes,
    }  # fmt: skip
    return render(requete, "reperes/liste.html", contexte)


@require_http_methods(["GET", "POST"])
@entree()
@sinon_introuvable()
def une(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Show a sheet: the number first, the conduct, whom to call near here, the papers, then the rest."""
    return page_de_la_fiche(requete, fiche_id)


def page_de_la_fiche(requete: RequeteDe, fiche_id: int, *, refus: str = "", code: int = 200) -> HttpResponse:
    """Answer a sheet; ``refus`` says what a gesture lacked, what was typed for it is kept."""
    a, ici = timezone.now(), poste(requete)
    vue = fiche_vue(fiche_id, requete.role, a, numero=numero_dit(requete, "numero"))
    dite = propre(requete.POST.get("commune", ""))[:120]
    trouvee = trouver_commune(dite) if dite else None
    commune = trouvee.code if trouvee else ici.commune_code if ici else None
    geste = requete.POST.get("geste", "") if refus else ""
    saisi = {nom: propre(requete.POST.get(nom, "")) for nom in ("par", "le", "decision", "mot", "revoir_le")}
    contexte = {
        "fiche": vue, "affichee": composer(vue.version, commune, a), "commune": dite, "geste": geste, "saisi": saisi,
        "inconnue": bool(dite) and not trouvee, "gestes": list(vue.gestes.items()), "refus": refus,
        # The gesture may not be there any more: somebody was faster. What was typed for it is shown.
        "gardes": [t for t in saisi.values() if t] if refus and geste not in vue.gestes else [],
    }  # fmt: skip
    return render(requete, "reperes/une.html", contexte, status=code)


@require_GET
@entree()
@sinon_introuvable()
def versions(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Show what changed between two versions, and the gestures made."""
    a, role = timezone.now(), requete.role
    avant, apres = deux_versions(fiche_id, numero_dit(requete, "de"), numero_dit(requete, "vers"), role, a)
    contexte = {
        "fiche": apres, "avant": avant.version, "apres": apres.version, "pas": histoire(fiche_id, role),
        "champs": differences(avant.version, apres.version),
    }  # fmt: skip
    return render(requete, "reperes/versions.html", contexte)


@dataclass(frozen=True)
class ChampCompare:
    """What became of one field: lines of text, or codes in words."""

    libelle: str
    lignes: tuple[Ligne, ...] = ()
    morceaux: tuple[Morceau, ...] = ()

    @property
    def change(self) -> bool:
        """Tell whether it moved."""
        return any(x.change for x in self.lignes) or any(m.nature != "EGAL" for m in self.morceaux)


TEXTES = {
    "titre": "Titre", "conduite": "Conduite à tenir", "texte": "Pour aller plus loin",
    "titre_public": "Titre pour le grand public", "texte_public": "Version pour le grand public",
}  # fmt: skip


def differences(avant: VersionVue, apres: VersionVue) -> list[ChampCompare]:
    """Return the fields that differ between two versions, in the order of the page."""
    themes, alertes = libelles(), {u.motif: u.libelle for u in urgences()}
    numeros = {code: f"{n.numero} {n.libelle}" for code, n in numeros_utiles().items()}
    papiers = {code: p.libelle for code, p in listes().procedures.items()}

    def codes(libelle: str, a: Iterable[str], b: Iterable[str], mots: dict[str, str]) -> ChampCompare:
        return ChampCompare(
            libelle, morceaux=ajouts_et_retraits((mots.get(x, x) for x in a), (mots.get(x, x) for x in b))
        )

    champs = [
        ChampCompare(libelle, lignes=comparer(getattr(avant, nom), getattr(apres, nom)))
        for nom, libelle in TEXTES.items()
    ]
    champs += [
        codes("Urgences", avant.urgences, apres.urgences, alertes),
        codes("Besoins", avant.thematiques, apres.thematiques, themes),
        codes("Numéros", avant.codes_des_numeros, apres.codes_des_numeros, numeros),
        codes("Papiers", avant.papiers, apres.papiers, papiers),
        codes("Qui appeler, près d'ici", avant.appeler, apres.appeler, themes),
        codes("Qui appeler, toujours", (n for _, n in avant.structures), (n for _, n in apres.structures), {}),
    ]
    return [c for c in champs if c.change]

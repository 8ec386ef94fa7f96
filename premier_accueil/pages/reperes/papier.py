"""Sheets and guides on paper: one tagged PDF, what it draws from elsewhere dated."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from premier_accueil.accueil.feuille.rendu import en_lettres
from premier_accueil.entretien.regles.curseur import en_vigueur
from premier_accueil.pages.entree import RequeteDe, entree
from premier_accueil.pages.reperes.commun import numero_dit, poste, sinon_introuvable
from premier_accueil.pages.reperes.composer import Affichee, composer
from premier_accueil.pages.templatetags.maison import telephone
from premier_accueil.reperes.papier import Contact, Feuillet, Regle, imprimer
from premier_accueil.reperes.requetes import fiche_vue, guide_vu
from premier_accueil.socle.horloge import jour_local


@require_GET
@entree()
@sinon_introuvable()
def fiche(requete: RequeteDe, fiche_id: int) -> HttpResponse:
    """Print one version of a sheet."""
    a, ici = timezone.now(), poste(requete)
    vue = fiche_vue(fiche_id, requete.role, a, numero=numero_dit(requete, "numero"))
    feuillet = _feuillet(composer(vue.version, ici.commune_code if ici else None, a), a_revoir=vue.a_revoir)
    de = ", ".join(nom for _, nom in vue.proprietaires)
    return _pdf(imprimer(vue.version.titre, de, _le(a), "", (feuillet,), ()), "fiche-repere.pdf")


@require_GET
@entree()
@sinon_introuvable()
def guide(requete: RequeteDe, guide_id: int) -> HttpResponse:
    """Print a guide: its introduction, its sheets in their order, the boundary rules."""
    a, ici, vu = timezone.now(), poste(requete), guide_vu(guide_id, requete.role)
    commune = ici.commune_code if ici else None
    feuillets = tuple(_feuillet(composer(v, commune, a), a_revoir=v.etat == "A_REVOIR") for _, v in vu.fiches)
    regles = tuple(Regle(r.libelle, r.vers, r.raison, r.source) for r in en_vigueur(jour_local(a)))
    de = ", ".join(nom for _, nom in vu.proprietaires)
    pdf = imprimer(vu.titre, de, _le(a), vu.introduction, feuillets, regles if vu.avec_le_curseur else ())
    return _pdf(pdf, "guide-operationnel.pdf")


def _le(a: datetime) -> str:
    return en_lettres(jour_local(a))


def _pdf(contenu: bytes, nom: str) -> HttpResponse:
    return HttpResponse(
        contenu, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{nom}"'}
    )


def _feuillet(f: Affichee, *, a_revoir: bool) -> Feuillet:
    v = f.version
    return Feuillet(
        titre=v.titre, numero=v.numero, etat=v.libelle, exemple=v.exemple, a_revoir=a_revoir,
        decision=f"{v.decidee_par}, {en_lettres(v.decidee_le)}" if v.decidee_le else "",
        numeros=tuple((n.numero, n.libelle) for n in f.numeros),
        conduites=tuple(phrase for u in f.urgences for phrase in u.conduite), conduite=v.conduite, texte=v.texte,
        contacts=(
            *(Contact(s.nom, s.structure, telephone(s.telephone), s.a_confirmer) for s in f.services),
            *(Contact(p.nom, p.structure, telephone(p.telephone), p.a_confirmer) for p in f.pres_d_ici),
        ),
        papiers=tuple((p.libelle, tuple(x.libelle for x in p.demandables)) for p in f.papiers),
    )  # fmt: skip

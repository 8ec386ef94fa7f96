"""Search the directory as a professional: what answers, what may answer, and how to get there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Permanence, Service
from premier_accueil.annuaire.regles.emploi import moments_d_emploi
from premier_accueil.annuaire.regles.fraicheur import Fraicheur, derniere_date, fraicheur
from premier_accueil.annuaire.regles.horaires import ouvert_a
from premier_accueil.annuaire.regles.langues import langues
from premier_accueil.annuaire.regles.lieux import FAITS_DU_LIEU
from premier_accueil.annuaire.regles.ouverture import FermetureExceptionnelle
from premier_accueil.annuaire.regles.recherche import Criteres
from premier_accueil.annuaire.requetes.recherche.lignes import LIGNES_MAX, Ligne, lire_lignes
from premier_accueil.annuaire.requetes.recherche.mots import lire_mots
from premier_accueil.annuaire.requetes.recherche.vues import Reponse, Resultat
from premier_accueil.annuaire.requetes.vues import permanence_vue
from premier_accueil.socle.horloge import jour_local
from premier_accueil.territoire.regles import Trajet, trajet
from premier_accueil.territoire.requetes import FicheCommune, commune_par_code

PAR_PAGE = 12
DU_SERVICE = (
    "nom", "description", "telephone", "langues", "date_maj", "confirme_le", "structure__nom", "structure__genre",
    "structure__exemple", "structure__telephone",
)  # fmt: skip
DE_LA_PERMANENCE = (
    "forme", "horaires", "horaires_texte", "sur_rendez_vous", "precision", "site__nom", "site__adresse",
    "site__complement", "site__code_postal", "site__latitude", "site__longitude", "site__point_verifie",
    "site__telephone", "site__commune__nom", "site__commune__code", "site__commune__departement",
    "site__structure__nom", *(f"site__{nom}" for nom in FAITS_DU_LIEU), *(f"service__{nom}" for nom in DU_SERVICE),
)  # fmt: skip
CLOSES = """
SELECT permanence_id, du, au, motif FROM annuaire_fermeture
 WHERE permanence_id = ANY(%s) AND du <= %s AND au >= %s ORDER BY id
"""


@dataclass(frozen=True)
class _Candidat:
    ligne: Ligne
    inconnus: int

    @property
    def ordre(self) -> tuple[bool, int, float, str, int]:
        """What is known to answer first; then the words in the name, the nearest, the name."""
        x = self.ligne
        return self.inconnus > 0, x.rang, x.km if x.km is not None else 1e9, x.cle, x.service


def chercher(c: Criteres, role: Role, a: datetime, *, page: int = 1) -> Reponse:
    """Return one page of what answers; at most ten short queries, whatever the size of the directory.

    Args:
        c: what is asked, its codes known (``regles.recherche.criteres_connus``).
        role: who asks: without a commune, their département is searched.
        a: now; hours that are shown are those of this moment.
        page: from 1; beyond the last one gives the last.
    """
    mots = lire_mots(c.mots)
    commune = commune_par_code(c.commune) if c.commune else None
    rien = bool(c.mots.strip()) and mots is None
    lignes, trop = ([], False) if rien else lire_lignes(c, mots, commune, role.departement, limite=LIGNES_MAX)
    gardes = _meilleures(_a_l_heure(c, lignes, jour_local(a)))
    if trop and len(gardes) < PAR_PAGE:
        lignes, trop = lire_lignes(c, mots, commune, role.departement, limite=None)
        gardes = _meilleures(_a_l_heure(c, lignes, jour_local(a)))
    pages = max(1, -(-len(gardes) // PAR_PAGE))
    page = min(max(1, page), pages)
    debut = (page - 1) * PAR_PAGE
    return Reponse(
        resultats=_montrer(c, gardes[debut : debut + PAR_PAGE], debut, a),
        nombre=len(gardes),
        trop=trop,
        a_verifier=sum(g.inconnus > 0 for g in gardes),
        page=page,
        pages=pages,
        compris=mots.compris if mots else (),
        ou=_ou(c, commune, role),
    )


def _ou(c: Criteres, commune: FicheCommune | None, role: Role) -> str:
    if commune is None:
        return f"dans le département {role.departement}" if role.departement else ""
    if c.minutes:
        return f"à {c.minutes} minutes de {commune.nom}"
    return f"à {c.rayon_km} km de {commune.nom}"


def _a_l_heure(c: Criteres, lignes: Sequence[Ligne], jour: date) -> Iterable[_Candidat]:
    """Keep the rows whose hours answer; those whose hours are unknown are to be checked."""
    closes: Mapping[int, Sequence[FermetureExceptionnelle]] = {}
    if c.ouvert_a is not None:
        vu = jour_local(c.ouvert_a)
        # A day either side: the calendar day of an overseas place is not that of Paris.
        closes = _fermetures(lignes, vu - timedelta(days=1), vu + timedelta(days=1))
    deja: dict[tuple[str, str], bool | None] = {}  # thousands of entries share a few hundred ways to open
    lundi = jour - timedelta(days=jour.weekday())
    for ligne in lignes:
        inconnus = ligne.inconnus
        if c.ouvert_a is not None:
            siennes, cle = closes.get(ligne.permanence or 0, ()), (ligne.horaires, ligne.departement)
            if cle not in deja:
                deja[cle] = ouvert_a(ligne.horaires, c.ouvert_a, departement=ligne.departement)
            ouvert = deja[cle]
            if siennes:
                ouvert = ouvert_a(ligne.horaires, c.ouvert_a, siennes, departement=ligne.departement)
            if ouvert is False:
                continue
            inconnus += ouvert is None
        if c.emploi:
            if ligne.horaires and not c.emploi & moments_d_emploi(ligne.horaires, lundi):
                continue
            inconnus += not ligne.horaires
        yield _Candidat(ligne, inconnus)


def _fermetures(
    lignes: Iterable[Ligne], debut: date, fin: date = date.max
) -> Mapping[int, Sequence[FermetureExceptionnelle]]:
    """Return the closings of these ways that touch these days; one query."""
    sortie: dict[int, list[FermetureExceptionnelle]] = {}
    with connection.cursor() as curseur:
        curseur.execute(CLOSES, [[x.permanence for x in lignes if x.permanence is not None], fin, debut])
        for cle, du, au, motif in curseur.fetchall():
            sortie.setdefault(cle, []).append((du, au, motif))
    return sortie


def _meilleures(candidats: Iterable[_Candidat]) -> list[_Candidat]:
    """Keep the best way to each service, best services first."""
    par_service: dict[int, _Candidat] = {}
    for candidat in candidats:
        deja = par_service.get(candidat.ligne.service)
        if deja is None or candidat.ordre < deja.ordre:
            par_service[candidat.ligne.service] = candidat
    return sorted(par_service.values(), key=lambda g: g.ordre)


def _montrer(c: Criteres, gardes: Sequence[_Candidat], avant: int, a: datetime) -> tuple[Resultat, ...]:
    permanences = (
        Permanence.objects.select_related("site__commune", "site__structure", "service__structure")
        .only(*DE_LA_PERMANENCE)
        .in_bulk([g.ligne.permanence for g in gardes if g.ligne.permanence is not None])
    )  # fmt: skip
    sans = [g.ligne.service for g in gardes if g.ligne.permanence is None]
    services = Service.objects.select_related("structure").only(*DU_SERVICE).in_bulk(sans) if sans else {}
    services |= {p.service_id: p.service for p in permanences.values()}
    jour = jour_local(a)
    lundi = jour - timedelta(days=jour.weekday())
    closes = _fermetures((g.ligne for g in gardes), jour - timedelta(days=1))
    sortie = []
    for numero, garde in enumerate(gardes, start=avant + 1):
        ligne = garde.ligne
        s, p = services[ligne.service], permanences.get(ligne.permanence or 0)
        sortie.append(
            Resultat(
                numero=numero,
                service_id=s.pk,
                service=s.nom,
                structure_id=s.structure_id,
                structure=s.structure.nom,
                genre=s.structure.get_genre_display(),
                exemple=s.structure.exemple,
                description=s.description,
                telephone=s.telephone or (p.site.telephone if p and p.site else "") or s.structure.telephone,
                permanence=permanence_vue(p, a, closes.get(p.pk, ())) if p else None,
                km=round(ligne.km, 1) if ligne.km is not None else None,
                trajet=_trajet(ligne.km, c),
                a_verifier=garde.inconnus > 0,
                a_confirmer=fraicheur(derniere_date(s.confirme_le, s.date_maj), jour) is Fraicheur.A_CONFIRMER,
                langues=tuple(langues().get(code, code) for code in s.langues),
                emploi=tuple(sorted(moments_d_emploi(ligne.horaires, lundi), key=lambda m: m.value)),
            )
        )
    return tuple(sortie)


def _trajet(km: float | None, c: Criteres) -> Trajet | None:
    return trajet(km, c.mode) if km is not None else None

"""From a sheet to what fits: neutral words, texts cut at a word, and how many steps one page holds. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from premier_accueil.accueil.feuille.contenu import TITRE, Etape, Feuille
from premier_accueil.accueil.feuille.neutralite import (
    NOM_NEUTRE,
    PAPIER_NEUTRE,
    adresse_neutre,
    neutre,
    phrases_neutres,
    trahit,
)

MAX_ETAPES, MAX_ETAPES_GRAND = 4, 3
MAX_PAPIERS, MAX_PAPIERS_GRAND = 8, 6
MAX_HORAIRES, MAX_HORAIRES_GRAND = 4, 3
SOUPIR = "…"
CHIFFRES_D_UN_NUMERO = 10


@dataclass(frozen=True)
class Page:
    """A sheet that fits: ``reste`` steps and ``coupe`` (any text or paper left out) are told on the page."""

    feuille: Feuille
    reste: int
    coupe: bool


def neutraliser(feuille: Feuille) -> Feuille:
    """Return the sheet in neutral words. Doing it twice changes nothing more.

    A step marked ``discret`` keeps its telephone and hours only. Elsewhere a name that betrays gives way to the
    structure's, or to "Rendez-vous"; a sentence that betrays is left out.
    """
    return replace(
        feuille,
        titre=neutre(feuille.titre, TITRE) or TITRE,
        structure=neutre(feuille.structure, "Accueil"),
        site_adresse=adresse_neutre(feuille.site_adresse),
        agent=neutre(feuille.agent, ""),
        etapes=tuple(_etape_neutre(e) for e in feuille.etapes),
        papiers=_papiers_neutres(feuille.papiers),
        note=phrases_neutres(feuille.note),
    )


def _etape_neutre(e: Etape) -> Etape:
    if e.discret:
        # A four-digit hotline is known by everybody: it would say the theme as its name does.
        connu = 0 < sum(c.isdigit() for c in e.telephone) < CHIFFRES_D_UN_NUMERO
        return Etape(
            numero=e.numero,
            verbe="Appelez" if e.telephone else "Allez à votre",
            nom=NOM_NEUTRE,
            telephone="" if connu else e.telephone,
            remarque="Le numéro vous a été dit à l'accueil." if connu else "",
            horaires=tuple(h for h in e.horaires if not trahit(h)),
            prochaine_ouverture=neutre(e.prochaine_ouverture, ""),
            a_confirmer=e.a_confirmer,
            discret=True,
        )
    structure = neutre(e.structure, "")
    plan = "" if trahit(e.lien_plan) else e.lien_plan
    return replace(
        e,
        verbe=neutre(e.verbe, ""),
        nom=neutre(e.nom, structure or NOM_NEUTRE),
        structure=structure,
        adresse=adresse_neutre(e.adresse),
        horaires=tuple(h for h in e.horaires if not trahit(h)),
        prochaine_ouverture=neutre(e.prochaine_ouverture, ""),
        trajet=neutre(e.trajet, ""),
        papiers=_papiers_neutres(e.papiers),
        lien_plan=plan,
        remarque=phrases_neutres(e.remarque),
    )


def _papiers_neutres(papiers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(neutre(p, PAPIER_NEUTRE) for p in papiers))


def mots_retires(feuille: Feuille) -> tuple[str, ...]:
    """Return, in reading order, the texts that the neutral sheet will not show as written: to warn before printing."""
    apres = neutraliser(feuille)
    paires = [(feuille.structure, apres.structure), (feuille.note, apres.note), (feuille.agent, apres.agent)]
    for avant_e, apres_e in zip(feuille.etapes, apres.etapes, strict=True):
        paires += [(avant_e.nom, apres_e.nom), (avant_e.structure, apres_e.structure)]
        paires += [(avant_e.remarque, apres_e.remarque), (avant_e.adresse, apres_e.adresse)]
        paires += [(p, p if p in apres_e.papiers else "") for p in avant_e.papiers]
    paires += [(p, p if p in apres.papiers else "") for p in feuille.papiers]
    return tuple(dict.fromkeys(avant for avant, apres_ in paires if avant and avant.strip() != apres_.strip()))


def couper(texte: str, maximum: int) -> str:
    """Cut a text at a word boundary, with an ellipsis, to at most ``maximum`` characters.

    >>> couper("Mairie de Loireauxence", 12)
    'Mairie de…'
    """
    texte = " ".join(texte[: 4 * maximum + 40].split())
    if len(texte) <= maximum:
        return texte
    debut = texte[: maximum - 1]
    if not texte[maximum - 1].isspace() and " " in debut:
        debut = debut.rsplit(" ", 1)[0]
    return debut.rstrip(" ,;:.-–—(") + SOUPIR


def ajuster(feuille: Feuille, *, grand: bool = False) -> Page:
    """Return what one A4 page may hold: neutral, cut, with at most 4 steps (3 in large print).

    The layout may still show one step fewer when all are long; the page then says where the rest is.
    """
    feuille = neutraliser(feuille)
    nombre = MAX_ETAPES_GRAND if grand else MAX_ETAPES
    papiers = _sans_vide(feuille.papiers)
    tenus = papiers[: MAX_PAPIERS_GRAND if grand else MAX_PAPIERS]
    etapes = tuple(_etape_coupee(e, grand) for e in feuille.etapes[:nombre])
    courte = replace(
        feuille,
        titre=couper(feuille.titre, 40) or TITRE,
        structure=couper(feuille.structure, 60),
        site_adresse=couper(feuille.site_adresse, 90),
        site_telephone=couper(feuille.site_telephone, 24),
        agent=couper(feuille.agent, 60),
        etapes=etapes,
        papiers=tuple(couper(p, 60) for p in tenus),
        note=couper(feuille.note, 140 if grand else 260),
        reference=couper(feuille.reference, 20),
        code=couper(feuille.code, 20),
    )
    ecourte = len(tenus) < len(papiers) or any(
        len(avant.horaires) > len(apres.horaires) or len(avant.papiers) > len(apres.papiers)
        for avant, apres in zip(feuille.etapes, etapes, strict=False)
    )
    coupe = ecourte or courte.note != " ".join(feuille.note.split())
    return Page(courte, max(0, len(feuille.etapes) - nombre), coupe)


def _sans_vide(textes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(t for t in textes if t.strip())


def _etape_coupee(e: Etape, grand: bool) -> Etape:
    horaires = _sans_vide(e.horaires)[: MAX_HORAIRES_GRAND if grand else MAX_HORAIRES]
    return replace(
        e,
        verbe=couper(e.verbe, 24),
        nom=couper(e.nom, 60 if grand else 80) or NOM_NEUTRE,
        structure=couper(e.structure, 60 if grand else 80),
        adresse=couper(e.adresse, 80),
        commune=couper(e.commune, 45),
        telephone=couper(e.telephone, 20),
        horaires=tuple(couper(h, 48) for h in horaires),
        prochaine_ouverture=couper(e.prochaine_ouverture, 60),
        trajet=couper(e.trajet, 70),
        papiers=tuple(couper(p, 50) for p in _sans_vide(e.papiers)[:4]),
        remarque=couper(e.remarque, 80 if grand else 140),
    )

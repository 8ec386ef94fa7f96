"""Dress the chosen services for a screen: texts, hours in words, reasons."""

from __future__ import annotations

from collections.abc import Sequence

from premier_accueil.annuaire.regles import Forme
from premier_accueil.annuaire.regles.horaires import en_clair
from premier_accueil.orientation.regles import dire
from premier_accueil.orientation.regles.classement import age
from premier_accueil.orientation.regles.poids import Poids
from premier_accueil.orientation.regles.raisons import raisons
from premier_accueil.orientation.regles.valeurs import BesoinsSitues, Note
from premier_accueil.orientation.requetes.alentours import Alentours
from premier_accueil.orientation.requetes.offres import Ligne
from premier_accueil.orientation.requetes.textes import Fiche, fiches
from premier_accueil.orientation.requetes.vocabulaire import libelles, publics
from premier_accueil.orientation.requetes.vues import Proposition, SiteVu


def montrer(
    choisis: Sequence[tuple[Note, Ligne, bool]],
    demande: BesoinsSitues,
    poids: Poids,
    *,
    entendus: Sequence[tuple[str, frozenset[str]]],
    autour: Alentours,
) -> tuple[Proposition, ...]:
    """Return the chosen services as frozen values; one query, for the texts not read yet of these services only.

    Args:
        choisis: (note, row, first welcome behind) in the order to show.
        demande: what was asked.
        poids: the ranking's numbers.
        entendus: words heard, each with the needs it points at.
        autour: what surrounds the person's commune, which keeps the texts read.
    """
    commune = autour.commune.nom if autour.commune else ""
    lus = autour.fiches
    manquent = [ligne for _, ligne, _ in choisis if (ligne.service, ligne.permanence) not in lus]
    if manquent:
        lues = fiches(
            [ligne.service for ligne in manquent],
            [ligne.permanence for ligne in manquent if ligne.permanence is not None],
        )
        lus.update({(ligne.service, ligne.permanence): lues[ligne.service] for ligne in manquent})
    vues = []
    for choisi in choisis:
        note, ligne, derriere = choisi
        pourquoi = raisons(
            note, demande, poids, libelles=libelles(), publics=publics(), entendus=entendus, commune=commune,
            derriere=derriere,
        )  # fmt: skip
        vues.append(_proposition(choisi, lus[ligne.service, ligne.permanence], demande, poids, pourquoi))
    return tuple(vues)


def _proposition(
    choisi: tuple[Note, Ligne, bool], fiche: Fiche, demande: BesoinsSitues, poids: Poids, pourquoi: tuple[str, ...]
) -> Proposition:
    note, ligne, derriere = choisi
    lieu, candidat = note.lieu, note.candidat
    return Proposition(
        service_id=fiche.service,
        source_id=fiche.source_id,
        nom=fiche.nom,
        description=fiche.description,
        structure=fiche.structure,
        structure_id=candidat.structure,
        telephone=fiche.telephone,
        site=_site(fiche),
        thematiques=tuple(sorted(candidat.thematiques)),
        distance_km=lieu.distance_km,
        minutes=lieu.minutes,
        mode=demande.mode,
        estimation=lieu.minutes is not None,
        ouvert=lieu.ouvert,
        prochaine_ouverture=None if lieu.ouvert else lieu.prochaine,
        prochaine_en_clair=dire.quand(
            ouvert=lieu.ouvert, fermeture=lieu.fermeture, prochaine=lieu.prochaine, a=demande.a
        ),
        horaires=_horaires(ligne),
        a_confirmer=lieu.a_confirmer or lieu.ouvert is None or age(candidat, demande, poids) in {"vieille", "inconnue"},
        raisons=pourquoi,
        papiers=tuple(fiche.pieces),
        conditions=fiche.conditions,
        forme=Forme(ligne.forme).libelle if ligne.forme else "",
        exemple=fiche.exemple,
        premier_accueil=derriere,
    )


def _site(fiche: Fiche) -> SiteVu | None:
    if fiche.site is None:
        return None
    return SiteVu(
        fiche.site, fiche.site_nom or "", fiche.adresse or "", fiche.commune or "", fiche.latitude, fiche.longitude
    )


def _horaires(ligne: Ligne) -> tuple[str, ...]:
    dits = tuple(en_clair(ligne.horaires)) if ligne.horaires else ()
    return dits or ((ligne.horaires_texte,) if ligne.horaires_texte else ())

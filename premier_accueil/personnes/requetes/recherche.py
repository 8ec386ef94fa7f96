"""Find a person of one's own structure by words compared for equality: what row-level security lets an index serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import MotDeNom, Personne
from premier_accueil.personnes.regles import A_PEU_PRES, GenreDeMot, Recherche, lire_recherche, phonetique
from premier_accueil.personnes.requetes.composition import identite
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

RESULTATS = 20


@dataclass(frozen=True)
class LigneDePersonne:
    """One result: enough to recognise somebody who stands there, and nothing of how to find her."""

    id: int
    nom: str
    naissance: str


@dataclass(frozen=True)
class Resultats:
    """What a search found; ``encore``: there were more than twenty."""

    lignes: tuple[LigneDePersonne, ...]
    encore: bool


def chercher(texte: str, role: Role, a: datetime) -> Resultats:
    """Find persons whose names hold every typed word, as written or as heard; a birth year narrows.

    Only one's own structure is searched, and a blocked person is not found: the answer is the same as for nobody (T7).
    The search is journaled, never its words.

    Args:
        texte: what was typed.
        role: who searches.
        a: when.

    Returns:
        at most twenty, the most exact first.
    """
    recherche = lire_recherche(texte, jour_local(a))
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.RECHERCHE, action="chercher",
        objet="PERSONNE", objet_id=None, a=a,
    )  # fmt: skip
    if not recherche.mots:
        return Resultats((), encore=False)
    exactitude: Combinable = Value(0)
    trouvees = Personne.objects.filter(personnes_visibles(role, a), _nee(recherche))
    for mot in recherche.mots:
        du_mot = MotDeNom.objects.filter(structure_id=role.structure_id, mot__in=[mot, phonetique(mot)])
        trouvees = trouvees.filter(pk__in=du_mot.values("personne_id"))
        ecrit = MotDeNom.objects.filter(personne=OuterRef("pk"), genre=GenreDeMot.NOM, mot=mot)
        exactitude = exactitude + Cast(Exists(ecrit), IntegerField())
    lignes = trouvees.annotate(exactitude=exactitude).order_by(
        "-exactitude", F("naissance_annee").asc(nulls_last=True), "cle", "pk"
    )[: RESULTATS + 1]  # fmt: skip
    vues = [LigneDePersonne(p.pk, (i := identite(p)).nom_affiche, i.naissance) for p in lignes]
    return Resultats(tuple(vues[:RESULTATS]), encore=len(vues) > RESULTATS)


def _nee(recherche: Recherche) -> Q:
    """Narrow by the birth year: an unknown one stays possible, an approximate one may be two years away."""
    if recherche.annee is None:
        return Q()
    annee = recherche.annee
    autour = Q(naissance_approximative=True, naissance_annee__range=(annee - A_PEU_PRES, annee + A_PEU_PRES))
    return Q(naissance_annee=annee) | Q(naissance_annee=None) | autour

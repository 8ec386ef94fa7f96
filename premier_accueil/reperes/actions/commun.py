"""What the actions on sheets share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.acces import etats_lus, fiches_visibles, parties_de
from premier_accueil.reperes.models import FicheRepere, PasDeFiche, VersionDeFiche
from premier_accueil.reperes.regles import EtatDeFiche, Geste, Partie, verifier
from premier_accueil.socle.texte import propre

LONGUEURS = {"titre": 120, "titre_public": 120, "conduite": 4_000, "texte": 12_000, "texte_public": 6_000}
CODES_AU_PLUS = 30
STRUCTURES_AU_PLUS = 12


class SaisieRefusee(ValueError):
    """Nothing was written; ``champ`` is the field to correct, the message what to do."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ


@dataclass(frozen=True)
class Ecrit:
    """What somebody writes of a sheet; lists are codes, ``structures`` and ``proprietaires`` keys."""

    titre: str
    conduite: str = ""
    texte: str = ""
    titre_public: str = ""
    texte_public: str = ""
    thematiques: tuple[str, ...] = ()
    urgences: tuple[str, ...] = ()
    numeros: tuple[str, ...] = ()
    papiers: tuple[str, ...] = ()
    appeler: tuple[str, ...] = ()
    structures: tuple[int, ...] = ()
    proprietaires: tuple[int, ...] = ()

    def champs(self) -> dict[str, object]:
        """Return the columns of a version, cleaned.

        Raises:
            SaisieRefusee: the title is missing, or a text is too long: nothing is cut in silence.
        """
        textes = {nom: propre(str(getattr(self, nom))) for nom in LONGUEURS}
        if not textes["titre"]:
            raise SaisieRefusee("titre", "Donnez un titre à la fiche.")
        for nom, texte in textes.items():
            if len(texte) > LONGUEURS[nom]:
                raise SaisieRefusee(nom, f"{len(texte)} signes : {LONGUEURS[nom]} au plus. Votre texte est gardé ici.")
        listes = ("thematiques", "urgences", "numeros", "papiers", "appeler")
        codes = {nom: list(dict.fromkeys(getattr(self, nom)))[:CODES_AU_PLUS] for nom in listes}
        return {**textes, **codes}


def existantes(cles: tuple[int, ...]) -> list[int]:
    """Return those of these structures that exist; one query, none when there is nothing to look for."""
    voulues = list(dict.fromkeys(cles))[:STRUCTURES_AU_PLUS]
    return list(Structure.objects.filter(pk__in=voulues).order_by("pk").values_list("pk", flat=True)) if voulues else []


def tenir(fiche_id: int, role: Role) -> tuple[FicheRepere, frozenset[Partie]]:
    """Return a sheet that this role sees, its row held until the end of the transaction, and as whom it acts.

    Raises:
        FicheRepere.DoesNotExist: not visible to this role.
    """
    cle = FicheRepere.objects.filter(fiches_visibles(role), pk=fiche_id).values_list("pk", flat=True).get()
    fiche = FicheRepere.objects.select_for_update().get(pk=cle)
    return fiche, parties_de(role, ecrit=ecrit_par(fiche, role))


def ecrit_par(fiche: FicheRepere, role: Role) -> bool:
    """Tell whether the role's structure writes a sheet."""
    return fiche.proprietaires.filter(pk=role.structure_id).exists()


def version_lue(fiche: FicheRepere, numero: int, role: Role) -> VersionDeFiche:
    """Return a version that this role reads.

    Raises:
        VersionDeFiche.DoesNotExist: it is not, or is not its to read.
    """
    return fiche.versions.get(numero=numero, etat__in=sorted(etats_lus(role, ecrit=ecrit_par(fiche, role))))


def bouger(
    version: VersionDeFiche, nom: str, parties: frozenset[Partie], compte_id: int | None, a: datetime, *,
    mot: str = "", champs: Mapping[str, object] | None = None,
) -> Geste:  # fmt: skip
    """Make a gesture of the table and leave its line; the row of the sheet is held.

    Raises:
        GesteImpossible: it moved meanwhile, or is not theirs to do.
    """
    avant = EtatDeFiche(version.etat)
    geste = verifier(nom, avant, parties)
    version.etat = geste.vers.value
    for champ, valeur in (champs or {}).items():
        setattr(version, champ, valeur)
    version.save(update_fields=["etat", *(champs or {})])
    PasDeFiche.objects.create(
        version=version, geste=nom, avant=avant.value, apres=geste.vers.value, mot=mot[:700], compte_id=compte_id, le=a
    )
    return geste

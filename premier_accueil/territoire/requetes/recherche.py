"""Find communes: by name, old name, postal or INSEE code, with the mistakes people make."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Avg

from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles import LieuCherche, comprendre, distance_km
from premier_accueil.territoire.regles.demande import sans_article
from premier_accueil.territoire.requetes.mots import MEME, MOT, candidates_par_mots, rang_du_nom

LIMITE_MAX = 50
CODE_DE_DEPARTEMENT = re.compile(r"[0-9]{2,3}|2[AaBb]")
# Resembling names are looked for only when the sure ones do not settle the matter: they would drown them.
ASSEZ_DE_SURES = 3
AUTOUR_KM = 150
ARTICLES = ("le", "la", "les", "l", "aux", "las", "los")
# Corsica has kept 20, and overseas départements share 97.
GROUPES = {"20": ["2A", "2B"], "97": ["971", "972", "973", "974", "976"]}
COLONNES = (
    "id", "code", "nom", "genre", "cle", "departement", "codes_postaux", "population", "latitude", "longitude",
    "parente_id",
)  # fmt: skip
# Written by hand, since this runs at each key pressed: building the same queries with the ORM took 12 of 16 ms.
LIRE = f"SELECT {', '.join(COLONNES)} FROM {Commune._meta.db_table} WHERE "  # noqa: S608 - names of ours only
PLUS_PEUPLEES = " ORDER BY population DESC NULLS LAST LIMIT %s"

Ligne = dict[str, Any]
_milieux: dict[str, tuple[float, float]] = {}  # the middle of a département does not move


@dataclass(frozen=True)
class CommuneTrouvee:
    """A name found, and the commune it stands for today.

    ``id``, ``code``, ``departement`` and ``codes_postaux`` are those of the commune **in force**: they can be stored or
    compared as they are. ``nom``, ``genre``, ``population`` and ``ancien_code`` are those of the name found.

    Attributes:
        parente: (code, name) of the commune in force when the name is an old one.
        libelle: "Loireauxence (44370)" or "Varades → Loireauxence (44370)".
        ancien_code: INSEE code of the old commune, empty otherwise.
    """

    id: int
    code: str
    nom: str
    genre: str
    departement: str
    codes_postaux: tuple[str, ...]
    parente: tuple[str, str] | None
    population: int | None
    libelle: str
    ancien_code: str = ""


def chercher_communes(texte: str, *, departement: str | None = None, limite: int = 8) -> list[CommuneTrouvee]:
    """Return the communes that a typed place may mean, best first.

    Same name, then names that begin so, then names with words that begin so, then resembling names. Inside each, the
    given département first, then around it, then the most inhabited. A code or a département typed beside a name comes
    before all: "beaulieu 44".

    Args:
        texte: a name, an old name, a postal code (two digits or more), an INSEE code, or several; anything is accepted.
        departement: département of whoever asks, such as ``"44"``.
        limite: how many at most, 1 to 50.

    Returns:
        an empty list when nothing comes near; never an error, whatever the text.
    """
    demande = comprendre(texte)
    limite = max(1, min(limite, LIMITE_MAX))
    ici = departement.upper() if departement and CODE_DE_DEPARTEMENT.fullmatch(departement) else ""
    lignes = _par_nom(demande, ici, limite) if len(demande.nom) > 1 else []
    if not lignes:
        lignes = _par_chiffres(demande, limite)
        demande = LieuCherche(code=demande.code)
    return _montrer(_classer(lignes, demande, ici), limite)


def communes_nommees(noms: Collection[str], *, departement: str = "") -> CommuneTrouvee | None:
    """Return the commune that bears exactly one of these names or postal codes, ``None`` when none does. One query.

    Args:
        noms: the surest first; anything is accepted.
        departement: between several of one name, those of this département come first, then the most inhabited.
    """
    demandes = [comprendre(nom) for nom in noms]
    cles = [d.nom for d in demandes if len(d.nom) > 1]
    codes = [d.code for d in demandes if d.code]
    lignes = _lire("cle = ANY(%s) OR codes_postaux && %s::varchar[]", cles, codes) if cles or codes else {}
    rangs = {nom: rang for rang, nom in reversed(list(enumerate(cles)))}

    def place(x: Ligne) -> tuple[Any, ...]:
        return rangs.get(x["cle"], len(cles)), x["departement"] != departement, -(x["population"] or 0), x["code"]

    trouvees = sorted(lignes.values(), key=place)
    return next(iter(_montrer(trouvees[:1], 1)), None)


def _par_nom(demande: LieuCherche, ici: str, limite: int) -> list[Ligne]:
    nom = demande.nom
    memes = [nom, sans_article(nom), *(f"{article} {nom}" for article in ARTICLES)]
    debut = f"{nom}%"  # letters, digits and spaces only: nothing to escape
    voisins = [code for voisin in (demande.departement, ici) if voisin for code in GROUPES.get(voisin, [voisin])]
    # Several small reads, each served whole by one index, where a single sort would read thousands of "saint".
    trouvees = _lire("cle = ANY(%s)", memes) | _lire("cle LIKE %s" + PLUS_PEUPLEES, debut, 3 * limite)
    if voisins and len(trouvees) >= 3 * limite:
        trouvees |= _lire("departement = ANY(%s) AND cle LIKE %s", voisins, debut)
    if demande.code:
        trouvees |= _du_code(demande)
    if len(trouvees) < limite and len(nom) > 2:
        trouvees |= _lire_ids(candidates_par_mots(nom, fautes=False) - trouvees.keys(), nom)
    if len(trouvees) < ASSEZ_DE_SURES and not any(ligne["cle"] in memes for ligne in trouvees.values()):
        trouvees |= _lire_ids(candidates_par_mots(nom, fautes=True) - trouvees.keys(), nom)
    return list(trouvees.values())


def _du_code(demande: LieuCherche) -> dict[int, Ligne]:
    """Return what bears the name typed among the communes of the code typed, old names included."""
    chez = list(_par_code(demande.code))
    return _lire_ids(chez, demande.nom) | _ressemblantes(_lire("parente_id = ANY(%s)", chez), demande.nom)


def _par_code(code: str) -> dict[int, Ligne]:
    return _lire("codes_postaux @> %s::varchar[]", [code]) | _lire("code = %s", code)


def _par_chiffres(demande: LieuCherche, limite: int) -> list[Ligne]:
    """Communes of a postal code, of its first digits, of an INSEE code or of a département."""
    if demande.code:
        return list(_par_code(demande.code).values())
    if not demande.debut:
        return []
    lieu = demande.departement or demande.debut[:2]
    filtre, valeurs = "genre = 'COM' AND departement = ANY(%s)", [GROUPES.get(lieu, [lieu])]
    if not demande.departement and demande.debut.isdigit():
        filtre += " AND ' ' || array_to_string(codes_postaux, ' ') LIKE %s"
        return list(_lire(filtre + PLUS_PEUPLEES, *valeurs, f"% {demande.debut}%", limite).values())
    return list(_lire(filtre + PLUS_PEUPLEES, *valeurs, limite).values())


def _lire(filtre: str, *valeurs: str | int | list[str] | list[int]) -> dict[int, Ligne]:
    with connection.cursor() as curseur:
        curseur.execute(LIRE + filtre, valeurs)
        return {ligne[0]: dict(zip(COLONNES, ligne, strict=True)) for ligne in curseur.fetchall()}


def _lire_ids(ids: Collection[int], nom: str) -> dict[int, Ligne]:
    return _ressemblantes(_lire("id = ANY(%s)", list(ids)), nom) if ids else {}


def _ressemblantes(lignes: dict[int, Ligne], nom: str) -> dict[int, Ligne]:
    return {cle: ligne for cle, ligne in lignes.items() if rang_du_nom(nom, ligne["cle"]) is not None}


def _classer(lignes: list[Ligne], demande: LieuCherche, ici: str) -> list[Ligne]:
    milieu = _milieu(ici)

    def place(ligne: Ligne) -> tuple[Any, ...]:
        rang = rang_du_nom(demande.nom, ligne["cle"]) if demande.nom else (MEME, 0)
        classe, fautes = rang or (MOT + 1, 99)
        # Digits typed beside a name say which one is meant; beside a mere resemblance they say nothing.
        accord = classe <= MOT and _accorde(ligne, demande)
        return (not accord, classe, fautes, _eloignement(ligne, ici, milieu), -(ligne["population"] or 0), ligne["cle"],
                ligne["genre"] != Commune.Genre.COM, ligne["code"])  # fmt: skip

    return sorted(lignes, key=place)


def _accorde(ligne: Ligne, demande: LieuCherche) -> bool:
    if demande.code:
        return ligne["code"] == demande.code or demande.code in ligne["codes_postaux"]
    if demande.departement:
        return ligne["departement"] in GROUPES.get(demande.departement, [demande.departement])
    return bool(demande.debut) and any(code.startswith(demande.debut) for code in ligne["codes_postaux"])


def _eloignement(ligne: Ligne, ici: str, milieu: tuple[float, float] | None) -> int:
    """Return 0 inside the département of whoever asks, 1 around it, 2 elsewhere."""
    if not ici or ligne["departement"] == ici:
        return 0
    if milieu is None or ligne["latitude"] is None:
        return 2
    return 1 if distance_km(*milieu, ligne["latitude"], ligne["longitude"]) <= AUTOUR_KM else 2


def _milieu(departement: str) -> tuple[float, float] | None:
    if departement and departement not in _milieux:
        chez = Commune.objects.filter(departement=departement, genre=Commune.Genre.COM).order_by()
        lu = chez.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
        if lu["latitude"] is None:
            return None
        _milieux[departement] = (lu["latitude"], lu["longitude"])
    return _milieux.get(departement)


def _montrer(lignes: list[Ligne], limite: int) -> list[CommuneTrouvee]:
    """Give each row its wording; a former commune that bears the name of the one in force would show twice."""
    premieres = lignes[: 2 * limite]
    anciennes = [x["parente_id"] for x in premieres if x["parente_id"]]
    meres = _lire("id = ANY(%s)", anciennes) if anciennes else {}
    vues: set[tuple[int, str]] = set()
    trouvees = []
    for ligne in premieres:
        mere = meres.get(ligne["parente_id"])
        signe = ((mere or ligne)["id"], ligne["cle"])
        if signe not in vues and not (mere and mere["cle"] == ligne["cle"]):
            vues.add(signe)
            trouvees.append(_trouvee(ligne, mere))
    codes = {t.ancien_code or t.code for t in trouvees if not t.parente}
    # An INSEE code kept by a former commune means the commune in force.
    return [t for t in trouvees if not (t.parente and t.ancien_code in codes and len(trouvees) > 1)][:limite]


def _trouvee(ligne: Ligne, mere: Ligne | None) -> CommuneTrouvee:
    lieu = mere or ligne
    postaux = tuple(lieu["codes_postaux"])
    nom = f"{ligne['nom']} → {mere['nom']}" if mere else ligne["nom"]
    return CommuneTrouvee(
        id=lieu["id"], code=lieu["code"], nom=ligne["nom"], genre=ligne["genre"], departement=lieu["departement"],
        codes_postaux=postaux, parente=(mere["code"], mere["nom"]) if mere else None, population=ligne["population"],
        libelle=f"{nom} ({postaux[0] if postaux else lieu['departement']})", ancien_code=ligne["code"] if mere else "",
    )  # fmt: skip


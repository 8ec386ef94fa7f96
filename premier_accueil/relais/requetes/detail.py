"""One relay, whole, for either side: where it stands, what may be done, what was told, what they said since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.models import ElementCommunique
from premier_accueil.partage.regles import table_de_partage
from premier_accueil.partage.requetes import CommunicationLue, communication_recue
from premier_accueil.personnes.regles import nom_affiche
from premier_accueil.relais.acces import relais_envoyes, relais_recus
from premier_accueil.relais.models import AVANT, LienDeRelais, MessageDeRelais, PasDeRelais, Relais
from premier_accueil.relais.regles import (
    ETATS,
    FINIS,
    GESTES,
    OUVRENT_LE_FIL,
    PARTIES,
    EtatDeRelais,
    Geste,
    Partie,
    gestes_de,
    reglages,
)
from premier_accueil.socle.journal import Geste as Trace
from premier_accueil.socle.journal import noter


@dataclass(frozen=True)
class PasVu:
    """A line of the history: what was done, by whom, the code and the date that came with it."""

    libelle: str
    qui: str
    fait_le: datetime
    motif: str
    quand: datetime | None


@dataclass(frozen=True)
class MessageVu:
    """A message of the thread."""

    signature: str
    texte: str
    envoye_le: datetime
    de_nous: bool
    lu_le: datetime | None


@dataclass(frozen=True)
class LienVu:
    """The link of a partner without account, as its sender sees it: never its secret."""

    cree_le: datetime
    expire_le: datetime
    ouvert_le: datetime | None
    vivant: bool
    bloque: bool


@dataclass(frozen=True)
class RelaisVu:
    """One relay.

    Attributes:
        envoye_par_nous: which side looks.
        personne_id, personne: for the sender only.
        agit, attend: who must act next, and what is waited.
        gestes: what this side may do now, in the order of the table.
        dit: what to tell the person since the last gesture (sender).
        envoyes: what was told, for the sender: label and words.
        communication: the same for the recipient, projected again at this reading.
        accord_id: for the sender, to withdraw it.
        peut_ecrire: the thread is open.
    """

    id: int
    genre: str
    envoye_par_nous: bool
    autre: str
    autre_telephone: str
    fonction: str
    personne_id: int | None
    personne: str
    etat: EtatDeRelais
    libelle: str
    fini: bool
    agit: str
    a_nous: bool
    attend: str
    echeance: datetime | None
    en_retard: bool
    quand: datetime | None
    lieu: str
    repondu_par: str
    autre_quand: datetime | None
    autre_lieu: str
    motif: str
    issue: str
    besoin_propose: str
    gestes: Mapping[str, Geste]
    dit: str
    responsable: str
    confie_a: str
    collegues: tuple[tuple[int, str], ...]
    envoyes: tuple[tuple[str, str], ...]
    communication: CommunicationLue | None
    messages: tuple[MessageVu, ...]
    peut_ecrire: bool
    historique: tuple[PasVu, ...]
    liens: tuple[LienVu, ...]
    accord_id: int | None
    rappelee_le: datetime | None
    envoye_le: datetime | None


def relais_vu(relais_id: int, role: Role, a: datetime) -> RelaisVu:
    """Return a relay for a role of either side; journaled; a constant number of queries.

    Raises:
        Relais.DoesNotExist: not visible to this role.
    """
    r = (
        Relais.objects.select_related("structure", "destinataire", "suivi_par", "confie_a")
        .get(relais_envoyes(role, a) | relais_recus(role), pk=relais_id)
    )  # fmt: skip
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Trace.LECTURE, action="relais_vu",
        objet="RELAIS", objet_id=r.pk, a=a,
    )  # fmt: skip
    nous = r.structure_id == role.structure_id
    partie = Partie.EXPEDITEUR if nous else Partie.DESTINATAIRE
    etat = EtatDeRelais(r.etat)
    regle, autre, mots = ETATS[etat], (r.destinataire if nous else r.structure), mots_des_codes()
    historique = _historique(r)
    issue = reglages().issues.get(r.issue)
    return RelaisVu(
        id=r.pk, genre=r.get_genre_display(), envoye_par_nous=nous, autre=autre.nom, autre_telephone=autre.telephone,
        fonction=Fonction(r.fonction).libelle, personne_id=r.personne_id if nous else None,
        personne=_nom(r) if nous else "", etat=etat, libelle=regle.libelle, fini=etat in FINIS,
        agit=PARTIES[regle.agit] if regle.agit else "", a_nous=regle.agit is partie, attend=regle.attend,
        echeance=r.echeance, en_retard=bool(r.echeance and r.echeance <= a), quand=r.quand, lieu=r.lieu,
        repondu_par=r.repondu_par, autre_quand=r.autre_quand if etat is EtatDeRelais.AUTRE_DATE else None,
        autre_lieu=r.autre_lieu, motif=mots.get(r.motif, ""), issue=issue.libelle if issue else "",
        besoin_propose=issue.besoin if issue else "", gestes=gestes_de(etat, partie),
        dit=_a_dire(historique[1], etat) if nous else "",
        responsable=r.suivi_par.nom, confie_a=r.confie_a.nom if r.confie_a else "",
        collegues=_collegues(r, role, a, nous=nous), envoyes=_envoyes(r) if nous else (),
        communication=None if nous or r.communication_id is None else communication_recue(r.communication_id, role, a),
        messages=fil(r, role.structure_id), peut_ecrire=etat in OUVRENT_LE_FIL, historique=historique[0],
        liens=_liens(r, a) if nous else (), accord_id=r.accord_id if nous else None, rappelee_le=r.rappelee_le,
        envoye_le=r.envoye_le,
    )  # fmt: skip


def mots_des_codes() -> dict[str, str]:
    """Return the French words of every code that a gesture may bear."""
    r = reglages()
    return {**r.motifs, **{i.code: i.libelle for i in r.issues.values()}, **r.clotures, **r.annulations}


def _nom(r: Relais) -> str:
    p = r.personne
    return nom_affiche(prenom=p.prenom, nom=p.nom, nom_usage=p.nom_usage, appellation=p.appellation)


def _historique(r: Relais) -> tuple[tuple[PasVu, ...], list[PasDeRelais]]:
    pas = list(PasDeRelais.objects.filter(relais=r).select_related("compte").order_by("-fait_le", "-pk"))
    mots = mots_des_codes()
    vus = (
        PasVu(
            GESTES[p.geste].libelle,
            p.signature or (p.compte.nom if p.compte else PARTIES[Partie(p.partie)]), p.fait_le,
            mots.get(p.motif, ""), p.quand,
        )
        for p in pas
    )  # fmt: skip
    return tuple(vus), pas


def _a_dire(pas: Iterable[PasDeRelais], etat: EtatDeRelais) -> str:
    """Return what to tell the person since the last gesture; nothing more once she was received there."""
    if etat in (EtatDeRelais.RENCONTRE, EtatDeRelais.ISSUE, EtatDeRelais.CLOS):
        return ""
    return next((GESTES[p.geste].dit for p in pas if GESTES[p.geste].dit), "")


def _collegues(r: Relais, role: Role, a: datetime, *, nous: bool) -> tuple[tuple[int, str], ...]:
    fonction = Fonction.TRAVAIL_SOCIAL.value if nous else r.fonction
    missions = Mission.objects.en_cours(a).filter(
        structure_id=role.structure_id, fonction=fonction, compte__is_active=True
    )
    return tuple(missions.order_by("compte__nom", "compte_id").values_list("compte_id", "compte__nom").distinct())


def _envoyes(r: Relais) -> tuple[tuple[str, str], ...]:
    if r.communication_id is None or r.etat in AVANT:
        return ()
    genres = table_de_partage().elements
    lignes = ElementCommunique.objects.filter(communication_id=r.communication_id).order_by("rang")
    return tuple(
        (genres[code].libelle if code in genres else code, texte) for code, texte in lignes.values_list("code", "texte")
    )


def fil(r: Relais, nous: int) -> tuple[MessageVu, ...]:
    """Return what the two said since the relay was accepted, the first message first; one query.

    Args:
        nous: structure of who reads.
    """
    messages = MessageDeRelais.objects.filter(relais=r).order_by("envoye_le", "pk")
    return tuple(
        MessageVu(m.signature, m.texte, m.envoye_le, m.expediteur_id == nous, m.lu_le) for m in messages
    )


def _liens(r: Relais, a: datetime) -> tuple[LienVu, ...]:
    return tuple(
        LienVu(
            x.cree_le, x.expire_le, x.ouvert_le, x.revoque_le is None and x.expire_le > a and r.etat not in FINIS,
            x.essais >= reglages().lien.essais,
        )
        for x in LienDeRelais.objects.filter(relais=r).order_by("-cree_le", "-pk")[:5]
    )  # fmt: skip

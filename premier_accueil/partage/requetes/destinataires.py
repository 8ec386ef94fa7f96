"""Who could receive, as known today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from premier_accueil.acteurs.models import Engagement, Mission, Structure
from premier_accueil.acteurs.regles import Droit, Fonction, GenreDeStructure, Profession, StatutDeSecret, fonctions_qui
from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.models import Interlocuteur
from premier_accueil.partage.regles import Destinataire, table_de_partage
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.texte import cle

TROUVEES = 12
COURRIELS = 20
DU_PLUS_FAIBLE = (StatutDeSecret.AUCUN, StatutDeSecret.DISCRETION, StatutDeSecret.SECRET_PROFESSIONNEL)
FONCTIONS_QUI_LISENT = tuple(f for f in Fonction if f in fonctions_qui(Droit.LIRE_CE_QUI_EST_SOUMIS))


@dataclass(frozen=True)
class StructureTrouvee:
    """A structure one may write to; ``engagee``: it takes part in the network today."""

    id: int
    nom: str
    genre: str
    engagee: bool


def chercher_structures(texte: str, role: Role, a: datetime) -> tuple[StructureTrouvee, ...]:
    """Find structures of the directory by words of their name; one's own apart, the committed ones first.

    Args:
        texte: what was typed.
        role: who searches; the structures of its département come first.
        a: when.
    """
    mots = cle(texte).split()[:6]
    if not mots:
        return ()
    noms = Q()
    for mot in mots:
        noms &= Q(cle__contains=mot)
    trouvees = list(
        Structure.objects.filter(noms).exclude(pk=role.structure_id).order_by("cle", "pk")
        .values_list("pk", "nom", "genre", "departement")[:200]
    )  # fmt: skip
    parmi = _engagements(a).filter(structure_id__in=[t[0] for t in trouvees])
    engagees = set(parmi.values_list("structure_id", flat=True))
    vues = sorted(trouvees, key=lambda t: (t[0] not in engagees, t[3] != role.departement, t[1], t[0]))
    return tuple(
        StructureTrouvee(pk, nom, GenreDeStructure(genre).libelle, pk in engagees)
        for pk, nom, genre, _ in vues[:TROUVEES]
    )


def destinataire(structure_id: int, fonction: Fonction, a: datetime) -> Destinataire:
    """Return a unit as it would receive: bound as its least bound member, since each of them could read.

    A partner needs no account: a link reaches it, and it is then bound by nothing we know of.

    Raises:
        Structure.DoesNotExist: no such structure.
    """
    structure = Structure.objects.get(pk=structure_id)
    missions = list(
        Mission.objects.en_cours(a).filter(structure_id=structure_id, fonction=fonction.value, compte__is_active=True)
        .order_by("pk").values_list("statut_de_secret", "profession")
    )  # fmt: skip
    statuts = {StatutDeSecret(s) for s, _ in missions}
    return Destinataire(
        structure.pk, structure.nom, GenreDeStructure(structure.genre), fonction,
        profession=_profession({Profession(p) for _, p in missions}),
        statut=next((s for s in DU_PLUS_FAIBLE if s in statuts), StatutDeSecret.AUCUN),
        en_mission=bool(missions) or fonction is Fonction.PARTENAIRE, engage=_engagee(structure_id, a),
    )  # fmt: skip


def statut_de(role: Role) -> StatutDeSecret:
    """Return how the mission a role works under is bound; one query."""
    return StatutDeSecret(Mission.objects.values_list("statut_de_secret", flat=True).get(pk=role.mission_id))


def lecteur(role: Role, a: datetime) -> Destinataire:
    """Return a reader as the recipient he is today, under the mission he works."""
    mission = Mission.objects.select_related("structure").get(pk=role.mission_id)
    return Destinataire(
        role.structure_id, role.structure, GenreDeStructure(mission.structure.genre), role.fonction,
        profession=Profession(mission.profession), statut=StatutDeSecret(mission.statut_de_secret),
        compte_id=role.compte_id, en_mission=True, engage=_engagee(role.structure_id, a),
    )  # fmt: skip


def lecteur_par_lien(structure_id: int, fonction: Fonction, a: datetime) -> Destinataire:
    """Return whoever holds a link: bound by nothing we know of."""
    structure = Structure.objects.get(pk=structure_id)
    return Destinataire(
        structure.pk, structure.nom, GenreDeStructure(structure.genre), fonction,
        en_mission=True, engage=_engagee(structure_id, a),
    )  # fmt: skip


def courriels_du_destinataire(structure_id: int, fonction: Fonction, a: datetime) -> tuple[str, ...]:
    """Return where a recipient is told something neutral: those who read there, else its contacts, else its own box.

    An account whose identifier is no address has none; three queries at most.
    """
    missions = Mission.objects.en_cours(a).filter(
        structure_id=structure_id, fonction=fonction.value, compte__is_active=True
    )  # fmt: skip
    lecteurs = {i for i in missions.values_list("compte__identifiant", flat=True) if "@" in i}
    contacts = Interlocuteur.objects.filter(service__structure_id=structure_id).exclude(courriel="")
    trouves = lecteurs or set(contacts.values_list("courriel", flat=True))
    if not trouves:
        trouves = set(Structure.objects.filter(pk=structure_id).exclude(courriel="").values_list("courriel", flat=True))
    return tuple(sorted(trouves)[:COURRIELS])


def _engagements(a: datetime) -> QuerySet[Engagement]:
    jour = jour_local(a)
    return Engagement.objects.filter(Q(fin=None) | Q(fin__gte=jour), debut__lte=jour)


def _engagee(structure_id: int, a: datetime) -> bool:
    return _engagements(a).filter(structure_id=structure_id).exists()


def _profession(professions: set[Profession]) -> Profession:
    if len(professions) == 1 or (professions and professions <= table_de_partage().professions_de_soins):
        return min(professions, key=lambda p: p.value)
    return Profession.AUTRE

"""What the one screen needs before sending: the recipient's free slots, how far, how fast it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from premier_accueil.acteurs.models import Mission
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import ConventionVue, Role, convention_entre
from premier_accueil.agenda.requetes import CreneauLibre, creneaux_libres
from premier_accueil.annuaire.models import Site
from premier_accueil.annuaire.requetes import TempsDeReponseVu, temps_de_reponse_de
from premier_accueil.partage.requetes import FONCTIONS_QUI_LISENT
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import jours_ouvres_entre, reglages
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.horloge import jour_local
from premier_accueil.territoire.models import Commune
from premier_accueil.territoire.regles import distance_km, trajet

TACHE = "relais"


@dataclass(frozen=True)
class Accueil:
    """How a recipient may be reached for a relay.

    Attributes:
        creneaux: free slots it offers for relays; none: telephone, or "à proposer".
        minutes: estimated way from the person's commune to its nearest place, by car; ``None`` when unknown.
        reponse: how long its team takes to answer; ``None`` when too few relays say it.
        lisent: functions that somebody with an account holds there today, among those that read; none: by a link.
    """

    creneaux: tuple[CreneauLibre, ...]
    minutes: int | None
    reponse: TempsDeReponseVu | None
    convention: ConventionVue | None
    lisent: tuple[Fonction, ...] = ()


def accueil_du_destinataire(
    destinataire_id: int, role: Role, a: datetime, *, commune_id: int | None = None, des: datetime | None = None,
    limite: int = 12,
) -> Accueil:  # fmt: skip
    """Return what is known of a recipient before writing to it; a constant number of queries.

    Args:
        commune_id: where the person lives, when she said it.
        des: from when slots are looked for; now when it is not said.
        limite: how many slots.
    """
    return Accueil(
        creneaux_libres(role, a, chez=destinataire_id, des=des, limite=limite), _minutes(destinataire_id, commune_id),
        temps_de_reponse_de(destinataire_id), convention_entre(role.structure_id, destinataire_id, jour_local(a)),
        _lisent(destinataire_id, a),
    )  # fmt: skip


def temps_de_reponse(a: datetime) -> dict[int, tuple[int, int]]:
    """Return (median working days to a first answer, how many relays) of each recipient that answered often enough.

    Read under the task "relais": two dates and a structure, never a person. The last days count only
    (``donnees/relais.yaml``).
    """
    regle = reglages()
    with situation(tache=TACHE):
        lignes = list(
            Relais.objects.filter(repondu_le__isnull=False, envoye_le__isnull=False)
            .order_by("destinataire_id", "pk")
            .values_list("destinataire_id", "destinataire__departement", "envoye_le", "repondu_le")
        )
    delais: dict[int, list[int]] = {}
    for structure_id, departement, envoye, repondu in lignes:
        if envoye is not None and repondu is not None and (a - repondu).days <= regle.reponses_jours:
            delais.setdefault(structure_id, []).append(jours_ouvres_entre(envoye, repondu, departement))
    return {
        structure_id: (round(median(jours)), len(jours))
        for structure_id, jours in delais.items() if len(jours) >= regle.reponses_au_moins
    }  # fmt: skip


def _lisent(structure_id: int, a: datetime) -> tuple[Fonction, ...]:
    la = Mission.objects.en_cours(a).filter(structure_id=structure_id, compte__is_active=True)
    tenues = set(la.values_list("fonction", flat=True))
    return tuple(f for f in FONCTIONS_QUI_LISENT if f.value in tenues)


def _minutes(destinataire_id: int, commune_id: int | None) -> int | None:
    depart = Commune.objects.filter(pk=commune_id).values_list("latitude", "longitude").first() if commune_id else None
    if depart is None or depart[0] is None or depart[1] is None:
        return None
    temps = []
    for site in Site.objects.filter(structure_id=destinataire_id).select_related("commune").order_by("pk")[:20]:
        ici = site if site.point_verifie is not False and site.latitude is not None else site.commune
        if ici.latitude is not None and ici.longitude is not None:
            voyage = trajet(distance_km(depart[0], depart[1], ici.latitude, ici.longitude), "voiture")
            temps += [voyage.minutes] if voyage else []
    return min(temps, default=None)

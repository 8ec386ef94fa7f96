"""What stands on a text rather than on an agreement alone: the preview, and what was attested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.acces import attestations_visibles
from premier_accueil.partage.models import Attestation
from premier_accueil.partage.regles import Destinataire, Projection, projection, refus_de_base, table_de_partage
from premier_accueil.partage.regles.table import Regime
from premier_accueil.partage.requetes.destinataires import destinataire, statut_de
from premier_accueil.partage.requetes.dossier import dossier
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne


@dataclass(frozen=True)
class Envisage:
    """A communication that would stand on a text alone."""

    personne_id: int
    base: str
    destinataire_id: int
    fonction: Fonction


@dataclass(frozen=True)
class BaseVue:
    """A text one may use or not, for whoever would send.

    Attributes:
        refus: why this mission may not use it; empty when it may.
    """

    code: str
    article: str
    dit: str
    refus: str


@dataclass(frozen=True)
class ApercuSansAccord:
    """What would leave on a text alone, and what is attested before."""

    destinataire: Destinataire
    projection: Projection
    base: Regime
    refus: str


@dataclass(frozen=True)
class AttestationVue:
    """What was attested to communicate, as the sender's house and its officer read it."""

    id: int
    article: str
    destinataire: str
    conditions: tuple[str, ...]
    raison: str
    informee_le: datetime | None
    pas_informee: str
    par: str
    cree_le: datetime


def bases_sans_accord(role: Role) -> tuple[BaseVue, ...]:
    """Return the texts that ask no agreement or seem to, with why this mission may not use them so; one query."""
    statut = statut_de(role)
    return tuple(
        BaseVue(b.code, b.article, b.dit, b.pourquoi_accord or refus_de_base(b, statut))
        for b in table_de_partage().bases.values() if not b.accord or b.pourquoi_accord
    )  # fmt: skip


def apercu_sans_accord(envisage: Envisage, role: Role, a: datetime) -> ApercuSansAccord:
    """Return what would leave, before anything is attested.

    Raises:
        KeyError: no such basis.
        Personne.DoesNotExist, Structure.DoesNotExist: not visible, or unknown.
    """
    personne = Personne.objects.get(personnes_visibles(role, a), pk=envisage.personne_id)
    base = table_de_partage().bases[envisage.base]
    vers = destinataire(envisage.destinataire_id, envisage.fonction, a)
    return ApercuSansAccord(
        vers, projeter_sans_accord(personne, envisage, a), base, refus_de_base(base, statut_de(role))
    )


def projeter_sans_accord(personne: Personne, envisage: Envisage, a: datetime) -> Projection:
    """Project what a text lets out of a file: its own items, whose words are imposed.

    Raises:
        Structure.DoesNotExist: no such recipient.
    """
    base = table_de_partage().bases.get(envisage.base)
    textes = dict.fromkeys(sorted(base.elements), "") if base else {}
    vers = destinataire(envisage.destinataire_id, envisage.fonction, a)
    return projection(dossier(personne, textes), vers, None, base, a)


def attestations_de(personne_id: int, role: Role, a: datetime) -> tuple[AttestationVue, ...]:
    """Return what was communicated of a person without her agreement, the latest first; one query.

    The page that shows it has journaled its reading of the person.
    """
    visibles = Attestation.objects.filter(attestations_visibles(role, a), personne_id=personne_id, accord=None)
    return dire_les_attestations(visibles.select_related("destinataire", "attestee_par").order_by("-cree_le", "-pk"))


def dire_les_attestations(attestations: Iterable[Attestation]) -> tuple[AttestationVue, ...]:
    """Return attestations in words; read them with their recipient and author."""
    table, vues = table_de_partage(), []
    for t in attestations:
        base = table.bases[t.base]
        vues.append(
            AttestationVue(
                t.pk, base.article, t.destinataire.nom, tuple(base.conditions.get(c, c) for c in t.conditions),
                base.raisons.get(t.raison, t.raison), t.informee_le, base.pas_informee.get(t.pas_informee, ""),
                t.attestee_par.nom, t.cree_le,
            )
        )  # fmt: skip
    return tuple(vues)

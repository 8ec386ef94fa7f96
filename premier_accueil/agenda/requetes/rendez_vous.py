"""Read appointments: a day, a week, one of them, a person's. Every reading leaves its line."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.acces import rendez_vous_visibles
from premier_accueil.agenda.models import RendezVous, Silence
from premier_accueil.agenda.regles import GESTES, MOTIFS, SUITES, EtatDeRendezVous, ModeDeRappel, pourquoi_deplacer
from premier_accueil.agenda.requetes.libres import code_du_creneau, regles_de
from premier_accueil.agenda.requetes.vues import LigneDAgenda, RendezVousVu
from premier_accueil.personnes.regles import nom_affiche
from premier_accueil.socle.etats import possibles
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

LIBELLES_DES_SUITES = dict(SUITES)
JOINTS = ("plage", "structure", "reservee_par", "agent", "site", "personne", "rappel_fait")
CACHES = (EtatDeRendezVous.TENU, EtatDeRendezVous.DEPLACE)
DU_JOUR = frozenset({"venue", "non_venue"})


def rendez_vous_du_jour(
    role: Role, jour: date, a: datetime, *, compte_id: int | None = None, jours: int = 1, site_id: int | None = None
) -> tuple[LigneDAgenda, ...]:
    """Return the appointments that the role's structure receives on a day, by hour; two queries, journaled.

    Args:
        role: who looks; sees what ``rendez_vous_visibles`` says.
        jour: local day.
        a: now.
        compte_id: of one worker only, and of rules without a worker.
        jours: how many days from there.
        site_id: at one place only.
    """
    bornes = (timezone.make_aware(datetime.combine(jour + timedelta(days=n), time.min)) for n in (0, jours))
    debut, fin = bornes
    ceux = Q(structure_id=role.structure_id, debut__gte=debut, debut__lt=fin)
    if compte_id is not None:
        ceux &= Q(agent_id=compte_id) | Q(agent=None)
    if site_id is not None:
        ceux &= Q(site_id=site_id)
    _tracer("rendez_vous_du_jour", role, a, None)
    return _lignes(RendezVous.objects.filter(ceux), role, a)


def pris_ailleurs(role: Role, a: datetime, limite: int = 12) -> tuple[LigneDAgenda, ...]:
    """Return what the role's structure booked elsewhere, still to come, the next first; journaled."""
    _tracer("pris_ailleurs", role, a, None)
    ceux = RendezVous.objects.filter(reservee_par_id=role.structure_id, fin__gt=a)
    return _lignes(ceux.exclude(structure_id=role.structure_id), role, a, limite)


def rendez_vous_de(personne_id: int, role: Role, a: datetime, limite: int = 12) -> tuple[LigneDAgenda, ...]:
    """Return a person's appointments, the latest first; journaled. The caller has checked that she is visible."""
    _tracer("rendez_vous_de", role, a, None)
    return _lignes(RendezVous.objects.filter(personne_id=personne_id).order_by("-debut", "-pk"), role, a, limite)


def lignes_de(cles: list[int], role: Role, a: datetime) -> tuple[LigneDAgenda, ...]:
    """Return these appointments, by hour; one query. The caller has journaled why they are read."""
    return _lignes(RendezVous.objects.filter(pk__in=cles), role, a)


def rendez_vous_vu(rendez_vous_id: int, role: Role, a: datetime) -> RendezVousVu:
    """Return one appointment; journaled.

    Raises:
        RendezVous.DoesNotExist: not visible to this role.
    """
    r = _joindre(RendezVous.objects.filter(rendez_vous_visibles(role, a))).get(pk=rendez_vous_id)
    _tracer("rendez_vous_vu", role, a, r.pk)
    suivant = RendezVous.objects.filter(remplace_id=r.pk).order_by("pk").values_list("pk", flat=True).first()
    return RendezVousVu(
        ligne=_ligne(r, role, a), plage_id=r.plage_id, autre=r.structure_id != role.structure_id,
        creneau=code_du_creneau(r.plage_id, r.debut), demande_id=str(r.demande_id), tient_jusqu_a=r.tient_jusqu_a,
        telephone=(r.site.telephone if r.site else "") or r.structure.telephone, remplace_id=r.remplace_id,
        remplacant_id=suivant, a_deplacer=_a_deplacer(r, a),
        reste_chez=r.structure_id if r.nom or r.joindre else None,
    )  # fmt: skip


def silence_de(personne_id: int) -> Silence | None:
    """Return why nothing is sent by itself to a person, if so; one query."""
    return Silence.objects.filter(personne_id=personne_id, leve_le=None).order_by("pk").first()


def _joindre(lignes: QuerySet[RendezVous]) -> QuerySet[RendezVous]:
    return lignes.select_related(*JOINTS)


def _lignes(
    ceux: QuerySet[RendezVous], role: Role, a: datetime, limite: int | None = None
) -> tuple[LigneDAgenda, ...]:
    vus = _joindre(ceux.filter(rendez_vous_visibles(role, a)).exclude(etat__in=CACHES))
    if not vus.query.order_by:
        vus = vus.order_by("debut", "pk")
    return tuple(_ligne(r, role, a) for r in vus[:limite])


def _ligne(r: RendezVous, role: Role, a: datetime) -> LigneDAgenda:
    p = r.personne
    connu = nom_affiche(prenom=p.prenom, nom=p.nom, nom_usage=p.nom_usage, appellation=p.appellation) if p else ""
    chez_nous = r.structure_id == role.structure_id
    venu = jour_local(r.debut) <= jour_local(a)
    gestes = tuple(
        g for g in possibles(GESTES, EtatDeRendezVous(r.etat)) if g[0] not in DU_JOUR or (chez_nous and venu)
    )
    return LigneDAgenda(
        id=r.pk, debut=r.debut, fin=r.fin, etat=r.etat, etat_libelle=r.get_etat_display(), nom=connu or r.nom,
        personne_id=r.personne_id, quoi=r.plage.nom, canal=r.get_canal_display(), agent_id=r.agent_id,
        agent=r.agent.nom if r.agent else "", site=r.site.nom if r.site else "", bureau=r.bureau,
        chez="" if chez_nous else r.structure.nom,
        pris_par=r.reservee_par.nom if r.reservee_par_id != r.structure_id else "", gestes=gestes, rappel=_rappel(r),
    )  # fmt: skip


def _rappel(r: RendezVous) -> str:
    if r.rappel == ModeDeRappel.AUCUN:
        return ""
    fait = getattr(r, "rappel_fait", None)
    return LIBELLES_DES_SUITES.get(fait.suite, "") if fait else "rappel prévu"


def _a_deplacer(r: RendezVous, a: datetime) -> str:
    """Return why nobody receives then any more, in words."""
    if r.etat != EtatDeRendezVous.PRIS or r.debut <= a:
        return ""
    jour = jour_local(r.debut)
    regles = regles_de([r.plage], jour, jour)
    motif = pourquoi_deplacer(regles[0] if regles else None, jour)
    return dict(MOTIFS)[motif] if motif else ""


def _tracer(action: str, role: Role, a: datetime, objet_id: int | None) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action=action,
        objet="RENDEZ_VOUS", objet_id=objet_id, a=a,
    )  # fmt: skip

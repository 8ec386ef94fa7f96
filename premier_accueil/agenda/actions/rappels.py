"""Remind, once, in neutral words, as the person said; and stop writing to her (T20)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.actions.commun import DemandeRefusee, tracer
from premier_accueil.agenda.models import Rappel, RendezVous, Silence
from premier_accueil.agenda.regles import (
    RAISONS_DE_SILENCE,
    EtatDeRendezVous,
    ModeDeRappel,
    Suite,
    reglages,
    suite,
    texte_du_rappel,
)
from premier_accueil.agenda.requetes.joindre import a_joindre
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import Personne
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoi_possible, envoyer
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter

OBJET = "Rendez-vous"


def rappeler(structure_id: int, a: datetime) -> Counter[Suite]:
    """Send the reminders of a structure that are due, one transaction each; return what became of them.

    A reminder leaves once, whatever the number of runs; what could not leave is tried again at the next one. Numbers
    given for the reminder of an appointment that is over are erased.

    Args:
        structure_id: each structure in turn, under its own walls.
        a: now.
    """
    bilan: Counter[Suite] = Counter()
    with situation(structure=structure_id):
        RendezVous.objects.filter(structure_id=structure_id, fin__lte=a).exclude(joindre="").update(joindre="")
        cles = _a_rappeler(structure_id, a)
    for cle in cles:
        with situation(structure=structure_id):
            fait = _rappeler_un(cle, a)
        bilan.update([fait] if fait else [])
    return bilan


def _a_rappeler(structure_id: int, a: datetime) -> list[int]:
    dernier = jour_local(a) + timedelta(days=reglages().rappel_jours_avant + 1)
    envoyes = Rappel.objects.filter(rendez_vous=OuterRef("pk"), suite=Suite.ENVOYE)
    dus = RendezVous.objects.filter(
        ~Exists(envoyes), structure_id=structure_id, etat=EtatDeRendezVous.PRIS, debut__gt=a,
        debut__lt=timezone.make_aware(datetime.combine(dernier, time.min)),
    ).exclude(rappel=ModeDeRappel.AUCUN)  # fmt: skip
    return list(dus.order_by("debut", "pk").values_list("pk", flat=True))


def _rappeler_un(cle: int, a: datetime) -> Suite | None:
    """Decide and send; ``None`` when another run, or a cancellation, came before."""
    tenus = RendezVous.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk=cle, etat=EtatDeRendezVous.PRIS
    )
    r = tenus.select_related("personne__regle_de_contact", "site", "structure").first()
    if r is None or Rappel.objects.filter(rendez_vous=r, suite=Suite.ENVOYE).exists():
        return None
    verdict, vers = suite(a_joindre(r.personne, ModeDeRappel(r.rappel), r.joindre), a)
    if verdict is Suite.ENVOYE:
        verdict = _envoyer(r, vers)
    if verdict is not Suite.ATTEND:
        Rappel.objects.update_or_create(
            rendez_vous=r, defaults={"structure_id": r.structure_id, "suite": verdict, "fait_le": a}
        )
    if verdict is Suite.ENVOYE:
        noter(
            structure_id=r.structure_id, compte_id=None, geste=Geste.ECRITURE, action="rappeler",
            objet="RENDEZ_VOUS", objet_id=r.pk, a=a,
        )  # fmt: skip
    return verdict


def _envoyer(r: RendezVous, vers: str) -> Suite:
    canal = Canal(r.rappel)
    telephone = (r.site.telephone if r.site else "") or r.structure.telephone
    if not envoi_possible(canal):
        return Suite.IMPOSSIBLE
    try:
        envoyer(Message(canal, vers, texte_du_rappel(r.debut, telephone), objet=OBJET))
    except EnvoiImpossible:
        return Suite.IMPOSSIBLE
    return Suite.ENVOYE


@transaction.atomic
def ne_plus_ecrire(personne_id: int, raison: str, *, role: Role, a: datetime) -> None:
    """Stop everything that leaves by itself to a person: dead, in prison, in hospital, or she asks (T20).

    Raises:
        DemandeRefusee: not a known reason.
        Personne.DoesNotExist: not visible to this role.
    """
    if raison not in dict(RAISONS_DE_SILENCE):
        raise DemandeRefusee("raison", "Dites pourquoi on ne lui écrit plus.")
    p = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    try:
        with transaction.atomic():
            Silence.objects.create(
                structure_id=role.structure_id, personne=p, raison=raison, depuis=a, pose_par_id=role.compte_id
            )
    except IntegrityError:
        Silence.objects.filter(personne=p, leve_le=None).update(raison=raison)
    tracer("ne_plus_ecrire", "PERSONNE", p.pk, role, a)


@transaction.atomic
def ecrire_de_nouveau(personne_id: int, *, role: Role, a: datetime) -> None:
    """Let reminders leave again.

    Raises:
        Personne.DoesNotExist: not visible to this role.
    """
    p = Personne.objects.get(personnes_visibles(role, a), pk=personne_id)
    leves = Silence.objects.filter(personne=p, leve_le=None).update(leve_le=a, leve_par_id=role.compte_id)
    if leves:
        tracer("ecrire_de_nouveau", "PERSONNE", p.pk, role, a)

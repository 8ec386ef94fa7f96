"""Go back: a field as it was, a row that was added or taken out; going back is itself a revision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.annuaire.actions.existence import defaire
from premier_accueil.annuaire.actions.modifier import FicheRefusee, appliquer, prendre
from premier_accueil.annuaire.models import Revision
from premier_accueil.annuaire.regles.champs import libelle_de
from premier_accueil.annuaire.regles.historique import FICHE, Objet, Origine
from premier_accueil.annuaire.requetes.tenue import structure_de_la_revision, tient
from premier_accueil.annuaire.requetes.valeurs import valeur_de


@transaction.atomic
def annuler(revision_id: int, *, role: Role, a: datetime) -> Revision:
    """Put a field, or a row, back as it was before a revision.

    Raises:
        FicheRefusee: unknown revision, entry of somebody else, already undone, or what it wrote moved since.
    """
    revision = Revision.objects.select_for_update().filter(pk=revision_id).first()
    if revision is None or not tient(role, structure_de_la_revision(revision)):
        raise FicheRefusee({"": "Cette modification n'existe pas, ou cette fiche n'est pas tenue par vous."})
    if revision.annule_par_id is not None or revision.origine == Origine.ANNULATION.value:
        raise FicheRefusee({"": "Cette modification est déjà annulée. Pour revenir encore, corrigez la fiche."})
    trace = Revision(origine=Origine.ANNULATION.value, auteur_id=role.compte_id, auteur_dit="", le=a)
    ecrite = defaire(revision, trace=trace) if revision.champ == FICHE else _rendre_le_champ(revision, trace)
    Revision.objects.filter(pk=revision_id, annule_par=None).update(annule_par=ecrite)
    return ecrite


def _rendre_le_champ(revision: Revision, trace: Revision) -> Revision:
    objet = Objet(revision.objet)
    rangee = prendre(objet, revision.objet_id)
    if valeur_de(rangee, revision.champ) != revision.apres:
        libelle = libelle_de(objet, revision.champ)
        raise FicheRefusee({"": f"« {libelle} » a changé depuis : annulez d'abord la modification la plus récente."})
    ecrites = appliquer(objet, rangee, {revision.champ: revision.avant}, trace)
    if not ecrites:
        raise FicheRefusee({"": "Il n'y a rien à annuler : la fiche est déjà comme avant."})
    return ecrites[0]

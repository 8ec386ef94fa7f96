"""The life of a copy after it left: its link, the words added under the same agreement, its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.partage.actions.commun import PartageRefuse, inscrire_un_echange
from premier_accueil.partage.models import Accord, Communication, LienDeCommunication
from premier_accueil.partage.regles import projection, table_de_partage, themes_entendus
from premier_accueil.partage.requetes import destinataire
from premier_accueil.partage.requetes.dossier import accord_au_retour, accord_vu, dossier
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.empreinte import empreinte

INSTANT = timedelta(microseconds=1)


def lier(communication_id: int, secret: str, *, expire_le: datetime, a: datetime) -> LienDeCommunication:
    """Attach a link to a copy of one's own structure: whoever holds the secret reads it until then.

    Args:
        secret: kept nowhere; its SHA-256 only.
    """
    copie = Communication.objects.get(pk=communication_id)
    return LienDeCommunication.objects.create(
        structure_id=copie.expediteur_id, communication=copie, condense=empreinte(secret),
        cree_le=a, expire_le=min(copie.fin, expire_le),
    )  # fmt: skip


def terminer(communication_id: int, *, a: datetime) -> None:
    """End a copy: what it was for is over. The words stay for who sent them; a closed copy stays as it was."""
    ouvertes = Communication.objects.filter(pk=communication_id, fermee_le=None, fin__gt=a)
    ouvertes.update(fin=Greatest(Value(a), F("envoyee_le") + INSTANT))


@transaction.atomic
def echanger(
    communication_id: int, code: str, texte: str, *, retour: bool, role: Role | None, a: datetime
) -> str:
    """Add words under an agreement that holds, either way, through the same projection; return what leaves.

    The person agreed that the two talk about this: what comes back to the sender follows her agreement too. Either
    way the line stands in the sender's register, where she reads who knows what of her.

    Args:
        communication_id: the copy that opened the exchange.
        code: item of the table.
        texte: words to let out.
        retour: from the recipient to the sender.
        role: who writes; ``None`` by a link.
        a: when.

    Raises:
        PartageRefuse: the agreement does not allow it any more, or these words stay; the text says why.
        Communication.DoesNotExist: not visible here.
    """
    copie = Communication.objects.get(pk=communication_id)
    with situation(structure=copie.expediteur_id):
        accord = Accord.objects.select_related("personne", "destinataire").filter(communication=copie).first()
        if accord is None:
            raise PartageRefuse("L'accord de la personne est terminé : rien ne part.")
        ecrit = {code: texte}
        avec = frozenset({copie.expediteur_id if retour else copie.structure_id})
        tenu = dossier(accord.personne, ecrit, themes=themes_entendus(ecrit.values()), suivie_avec=avec)
        fonction = Fonction.TRAVAIL_SOCIAL if retour else Fonction(accord.fonction)
        vers = destinataire(copie.expediteur_id if retour else copie.structure_id, fonction, a)
        vu = accord_au_retour(accord, fonction) if retour else accord_vu(accord)
        lignes = projection(tenu, vers, vu, table_de_partage().bases.get(accord.base), a).lignes
        if not lignes[0].part:
            raise PartageRefuse(lignes[0].raison)
        inscrire_un_echange(accord, vers.nom, vers.structure_id, fonction, code, role, a)
        return lignes[0].texte

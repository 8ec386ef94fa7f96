"""How to reach the person safely."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.actions.adresse import meme_numero
from premier_accueil.personnes.actions.commun import SaisieRefusee, refuser_le_nir, tenir, tracer
from premier_accueil.personnes.models import AdresseProtegee, Personne, RegleDeContact
from premier_accueil.socle.texte import cle, propre


@dataclass(frozen=True)
class Regle:
    """What she says; no voice message and no SMS unless she allows them."""

    numero: str = ""
    heures: str = ""
    messagerie: bool = False
    sms: bool = False
    langue: str = ""
    interprete: bool = False
    precisions: str = ""


@transaction.atomic
def poser_la_regle_de_contact(personne_id: int, regle: Regle, *, role: Role, a: datetime) -> None:
    """Record how a person may be reached, in place of what was said before.

    Raises:
        SaisieRefusee: a field holds a protected number or address, or a social security number.
        Personne.DoesNotExist: not visible to this role.
    """
    p = tenir(personne_id, role, a)
    dits = {c: propre(getattr(regle, c)) for c in ("numero", "heures", "langue", "precisions")}
    refuser_le_nir(dits)
    refuser_ce_qui_est_protege(p, dits)
    defauts = asdict(regle) | dits | {"structure_id": p.structure_id}
    RegleDeContact.objects.update_or_create(personne=p, defaults=defauts)
    tracer("poser_la_regle_de_contact", role, a, p.pk)


def refuser_ce_qui_est_protege(p: Personne, champs: dict[str, str]) -> None:
    """Refuse a text that everybody would read and that tells the protected address or number of a person.

    Raises:
        SaisieRefusee: a field tells it.
    """
    gardee = AdresseProtegee.objects.filter(personne=p).first() if p.adresse_protegee else None
    if gardee is None:
        return
    for champ, texte in champs.items():
        if meme_numero(texte, gardee.telephone) or (cle(gardee.adresse) and cle(gardee.adresse) in cle(texte)):
            raise SaisieRefusee(
                champ, "Ce numéro ou cette adresse est protégé, et tout le monde le lirait ici : donnez-en un autre."
            )

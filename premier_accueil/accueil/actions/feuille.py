"""Make the person's page, and open it again with its code."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.feuille.contenu import Feuille, depuis_json, en_json
from premier_accueil.accueil.models import FeuilleDeRoute, Passage
from premier_accueil.accueil.requetes.composition import composer
from premier_accueil.acteurs.requetes import Role
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.journal import Geste, noter
from premier_accueil.socle.texte import propre

DUREE = timedelta(days=90)
ESSAIS = 10
LETTRES = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: it is read aloud and typed by hand


@transaction.atomic
def editer_feuille(passage_id: int, *, adresse: str, role: Role, a: datetime) -> str:
    """Make, or make again, the *feuille de route* of a passage.

    Args:
        passage_id: the passage.
        adresse: web address of the product, e.g. ``https://accueil.example/feuille/``; the reference is added.
        role: who makes it.
        a: when; the page lives 90 days.

    Returns:
        the reference of the page; making it again keeps the reference and the code already handed over.

    Raises:
        Passage.DoesNotExist: not visible to this role, or undone.
    """
    passage = (
        Passage.objects.select_for_update(of=("self",))
        .select_related("site", "site__commune", "structure", "commune")
        .get(passages_visibles(role), pk=passage_id, annule_le=None)
    )
    ancienne = FeuilleDeRoute.objects.filter(passage=passage).first()
    reference = ancienne.reference if ancienne else "".join(secrets.choice(LETTRES) for _ in range(10))
    code = ancienne.code if ancienne else f"{secrets.randbelow(10**6):06d}"
    feuille = composer(
        passage, reference=reference, code=code, adresse=f"{adresse}{reference}/", agent=role.compte, a=a
    )
    FeuilleDeRoute.objects.update_or_create(
        passage=passage,
        defaults={
            "structure_id": passage.structure_id, "reference": reference, "code": code, "contenu": en_json(feuille),
            "creee_le": a, "expire_le": a + DUREE, "essais_rates": 0,
        },
    )  # fmt: skip
    noter(
        structure_id=passage.structure_id, compte_id=role.compte_id, geste=Geste.ECRITURE, action="editer_feuille",
        objet="PASSAGE", objet_id=passage.pk, a=a,
    )  # fmt: skip
    return reference


@transaction.atomic
def ouvrir_feuille(reference: str, code: str, *, a: datetime) -> Feuille | None:
    """Open the page for whoever holds the sheet: reference and code together; the opening is journaled.

    Ten wrong codes close the page until the counter makes it again. ``None`` is the one answer to every refusal.

    Args:
        reference: printed on the sheet, in its link.
        code: printed on the sheet only.
        a: when.
    """
    trouvee = _ouverte(reference, code, a)
    if trouvee is None:
        return None
    with situation(structure=trouvee.structure_id):
        noter(
            structure_id=trouvee.structure_id, compte_id=None, geste=Geste.LECTURE, action="ouvrir_feuille",
            objet="FEUILLE", objet_id=trouvee.pk, a=a,
        )  # fmt: skip
    return depuis_json(trouvee.contenu)


@transaction.atomic
def retrouver_par_la_feuille(reference: str, code: str, *, role: Role, a: datetime) -> int | None:
    """Find again the passage whose sheet an anonymous person shows: no name is asked (T5).

    Args:
        reference: printed on the sheet.
        code: printed on the sheet only; a wrong one counts, as on the person's own page.
        role: who receives; sees the passages of its own structure, at any of its places (T7).
        a: when.

    Returns:
        the key of the passage; ``None`` is the one answer to every refusal.
    """
    trouvee = _ouverte(reference, code, a)
    if trouvee is None or trouvee.structure_id != role.structure_id:
        return None
    vus = Passage.objects.filter(passages_visibles(role), pk=trouvee.passage_id, annule_le=None)
    if not vus.exists():
        return None
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.RECHERCHE,
        action="retrouver_par_la_feuille", objet="PASSAGE", objet_id=trouvee.passage_id, a=a,
    )  # fmt: skip
    return trouvee.passage_id


def _ouverte(reference: str, code: str, a: datetime) -> FeuilleDeRoute | None:
    """Return the sheet that this reference and this code open; a wrong code counts."""
    reference = propre(reference).strip().lower()
    # Whoever holds the reference reaches this sheet and nothing else.
    with situation(jeton=reference):
        trouvee = FeuilleDeRoute.objects.select_for_update().filter(reference=reference).first()
        if trouvee is None or trouvee.expire_le < a or trouvee.essais_rates >= ESSAIS:
            return None
        if not secrets.compare_digest(trouvee.code.encode(), propre(code).strip().replace(" ", "").encode()):
            FeuilleDeRoute.objects.filter(pk=trouvee.pk).update(essais_rates=F("essais_rates") + 1)
            return None
    return trouvee

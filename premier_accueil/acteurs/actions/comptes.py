"""Create accounts and missions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from premier_accueil.acteurs.models import Compte, Engagement, Mission, Structure
from premier_accueil.acteurs.regles import FINISSENT, Fonction
from premier_accueil.socle.horloge import jour_local


class InstallationReelle(RuntimeError):
    """This database holds real accounts: the demonstration must not be mixed with them."""


@transaction.atomic
def creer_compte(
    *,
    identifiant: str,
    nom: str,
    mot_de_passe: str,
    structure: Structure,
    fonction: Fonction,
    a: datetime,
    fin: date | None = None,
) -> Compte:
    """Create an account with a password and its first mission; a mandate gets its legal length when no end is told.

    Raises:
        django.core.exceptions.ValidationError: the password is too weak.
        django.db.IntegrityError: the identifier is taken.
    """
    compte = Compte(identifiant=identifiant.strip().lower(), nom=nom)
    validate_password(mot_de_passe, compte)
    compte.set_password(mot_de_passe)
    compte.save()
    Mission.objects.create(
        compte=compte, structure=structure, fonction=fonction.value, debut=jour_local(a),
        fin=fin or fin_prevue(fonction, jour_local(a)),
    )  # fmt: skip
    return compte


def fin_prevue(fonction: Fonction, debut: date) -> date | None:
    """Return when a mission ends unless told otherwise: six years for a mandate (code électoral, L.227), a year else.

    Only functions that always end have one.
    """
    if fonction not in FINISSENT:
        return None
    annee = debut.year + (6 if fonction is Fonction.ELU else 1)
    return date(annee, debut.month, min(debut.day, 28))


def refuser_si_reelle() -> None:
    """Stop before the demonstration is mixed with real work.

    Raises:
        InstallationReelle: a real account exists in this database.
    """
    if Compte.objects.filter(exemple=False).exists():
        raise InstallationReelle(
            "Cette base contient de vrais comptes : la démonstration ne s'y mélange pas. "
            "Donnez-lui un autre dossier (PREMIER_ACCUEIL_DOSSIER) ou une autre base."
        )


@transaction.atomic
def installer_demonstration(
    comptes: Iterable[Mapping[str, str]], *, engagees: Mapping[str, str] | None = None, a: datetime
) -> int:  # fmt: skip
    """Create the ready-made accounts, opened in one click in a demonstration only; idempotent.

    Args:
        comptes: ``identifiant``, ``nom``, ``fonction``, ``structure`` (source id of an example structure); with
            ``engagement``, the text that its structure signed, that structure takes part in the network.
        engagees: text signed by each structure (source id) that takes part without any account.
        a: when; missions and engagements begin on 1 January of the year before.

    Returns:
        how many accounts exist afterwards.

    Raises:
        InstallationReelle: a real account exists in this database.
    """
    refuser_si_reelle()
    nombre, signes, depuis = 0, dict(engagees or {}), date(a.year - 1, 1, 1)
    for entree in comptes:
        compte, _ = Compte.objects.get_or_create(
            identifiant=entree["identifiant"], defaults={"nom": entree["nom"], "exemple": True, "password": "!"}
        )
        structure = Structure.objects.get(source="demonstration", source_id=entree["structure"])
        if not Mission.objects.filter(compte=compte, structure=structure, fonction=entree["fonction"]).exists():
            Mission.objects.create(
                compte=compte, structure=structure, fonction=entree["fonction"], debut=depuis,
                fin=fin_prevue(Fonction(entree["fonction"]), jour_local(a)),
                profession=entree.get("profession", "AUTRE"), statut_de_secret=entree.get("secret", "AUCUN"),
                texte=entree.get("texte", ""),
            )  # fmt: skip
        if entree.get("engagement"):
            signes.setdefault(entree["structure"], entree["engagement"])
        nombre += 1
    for source_id, texte in signes.items():
        structure = Structure.objects.get(source="demonstration", source_id=source_id)
        if not Engagement.objects.filter(structure=structure).exists():
            Engagement.objects.create(structure=structure, debut=depuis, texte=texte)
    return nombre

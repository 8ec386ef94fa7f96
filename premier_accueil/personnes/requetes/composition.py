"""From rows to frozen values."""

from __future__ import annotations

from datetime import date, datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.personnes.acces import personnes_visibles
from premier_accueil.personnes.models import MembreDuFoyer, MesureDeProtection, Personne
from premier_accueil.personnes.regles import Naissance, nom_affiche
from premier_accueil.personnes.requetes.vues import Contact, Identite, Membre, Mesure
from premier_accueil.socle.horloge import jour_local


def identite(p: Personne) -> Identite:
    """Return who a person is."""
    nee = naissance(p)
    return Identite(
        nom_affiche(prenom=p.prenom, nom=p.nom, nom_usage=p.nom_usage, appellation=p.appellation),
        p.nom, p.prenom, p.nom_usage, p.appellation, str(nee), nee.annee, nee.mois, nee.jour, nee.approximative,
    )  # fmt: skip


def contact(p: Personne) -> Contact:
    """Return how to reach a person (``regle_de_contact`` and ``commune`` are joined by the caller)."""
    r = getattr(p, "regle_de_contact", None)
    return Contact(
        protegee=p.adresse_protegee, adresse=p.adresse, commune_id=p.commune_id,
        commune=p.commune.nom if p.commune else "",
        commune_code=p.commune.code if p.commune else "", telephone=p.telephone, courriel=p.courriel,
        regle=r is not None, numero=r.numero if r else "", heures=r.heures if r else "",
        messagerie=bool(r and r.messagerie),
        sms=bool(r and r.sms), langue=r.langue if r else "", interprete=bool(r and r.interprete),
        precisions=r.precisions if r else "",
    )  # fmt: skip


def naissance(p: Personne) -> Naissance:
    """Return what is known of a birth."""
    return Naissance(p.naissance_annee, p.naissance_mois, p.naissance_jour, p.naissance_approximative)


def foyer(personne_id: int, role: Role, a: datetime) -> tuple[Membre, ...]:
    """Return who lives with a person, among those whom the role sees; one query.

    A link noted while one of the two was a minor ends when she is 18: its word is not repeated (T8).
    """
    place = MembreDuFoyer.objects.filter(personne_id=personne_id).values("foyer_id")
    ensemble = list(
        MembreDuFoyer.objects.filter(personnes_visibles(role, a, "personne__"), foyer_id__in=place)
        .select_related("personne", "foyer")
        .order_by("personne__naissance_annee", "pk")
    )
    elle = next((naissance(m.personne) for m in ensemble if m.personne_id == personne_id), Naissance())
    return tuple(_membre(m, elle, jour_local(a)) for m in ensemble if m.personne_id != personne_id)


def _membre(m: MembreDuFoyer, elle: Naissance, jour: date) -> Membre:
    note = m.depuis or jour_local(m.foyer.cree_le)
    finie = any(not n.peut_etre_majeure(note) and n.peut_etre_majeure(jour) for n in (elle, naissance(m.personne)))
    qui = identite(m.personne)
    return Membre(m.pk, m.personne_id, qui.nom_affiche, qui.naissance, "" if finie else m.lien, m.depuis, finie)


def mesures(personne_id: int, a: datetime) -> tuple[Mesure, ...]:
    """Return the legal protections of a person, the latest first; one query."""
    jour = jour_local(a)
    lignes = MesureDeProtection.objects.filter(personne_id=personne_id).order_by("-debut", "-pk")
    return tuple(mesure(m, jour) for m in lignes)


def mesure(m: MesureDeProtection, jour: date) -> Mesure:
    """Return one legal protection as it stands on a day."""
    return Mesure(
        m.pk, m.genre, m.get_genre_display(), m.debut, m.fin, m.protecteur, m.joindre, m.en_cours(jour)
    )  # fmt: skip

"""A structure or a service as a contact card (vCard 3.0, RFC 2426), cut to what its reader may see."""

from __future__ import annotations

from collections.abc import Iterable

from icalendar import Component, vText, vUri
from icalendar.prop import vAdr, vN, vOrg

from premier_accueil.annuaire.requetes.offre import Catalogue, Offre
from premier_accueil.annuaire.requetes.vues import ContactVu, LieuVu, PermanenceVue

GENRE = "text/vcard; charset=utf-8"


class _VCard(Component):
    name = "VCARD"


def carte_de_service(o: Offre, adresse: str) -> bytes:
    """Return the card of a service, and one for each of its contacts that this circle may call.

    Args:
        o: a service, its contacts already cut to the circle of who asks.
        adresse: of its page.
    """
    f = o.fiche
    lieux = [p.lieu for p in f.permanences if p.lieu]
    prudence = ["À confirmer : appelez avant d'y aller."] if o.a_confirmer else []
    cartes = [
        _carte(
            f.nom, f.structure.nom, telephone=f.telephone or f.structure.telephone,
            courriel=f.courriel or f.structure.courriel, lieu=lieux[0] if lieux else None, adresse=adresse,
            note=[*prudence, *map(_dit, f.permanences)],
        )
    ]  # fmt: skip
    return b"".join([*cartes, *(_contact(c, f.structure.nom, adresse) for c in f.contacts)])


def carte_de_structure(c: Catalogue, adresse: str) -> bytes:
    """Return the card of a structure."""
    s = c.structure
    return _carte(
        s.nom, s.nom, telephone=s.telephone, courriel=s.courriel, lieu=c.lieux[0] if c.lieux else None,
        adresse=s.site_web or adresse, note=[o.fiche.nom for o in c.offres],
    )  # fmt: skip


def _contact(c: ContactVu, structure: str, adresse: str) -> bytes:
    return _carte(c.nom, structure, telephone=c.telephone, courriel=c.courriel, lieu=None, adresse=adresse,
                  note=[], titre=c.fonction)  # fmt: skip


def _carte(
    nom: str, structure: str, *, telephone: str, courriel: str, lieu: LieuVu | None, adresse: str,
    note: Iterable[str], titre: str = "",
) -> bytes:  # fmt: skip
    carte = _VCard()
    for cle, valeur in (
        ("VERSION", vText("3.0")), ("FN", vText(nom)), ("N", vN((nom, "", "", "", ""))), ("ORG", vOrg((structure,))),
        ("TITLE", vText(titre)), ("TEL", vText(telephone)), ("EMAIL", vText(courriel)),
        ("URL", vUri("".join(adresse.split()))),
        ("NOTE", vText("\n".join(filter(None, note))[:2000])),
    ):  # fmt: skip
        if str(valeur):
            carte.add(cle, valeur)
    if lieu:
        rue = ", ".join(filter(None, (lieu.adresse, lieu.complement)))
        carte.add("ADR", vAdr(("", "", rue, lieu.commune, "", lieu.code_postal, "France")))
    sortie: bytes = carte.to_ical(sorted=False)
    return sortie


def _dit(p: PermanenceVue) -> str:
    ou = f"{p.lieu.nom}, {p.lieu.commune}" if p.lieu else p.forme.libelle
    quand = " ; ".join(p.horaires) or p.horaires_tels_quels or "horaires inconnus, appelez"
    return f"{ou} : {quand}"

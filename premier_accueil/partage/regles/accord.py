"""How an agreement is asked: of whom, before whom, in which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from premier_accueil.partage.regles.table import table_de_partage


def refus_d_accord(
    *, but: str, obtention: str, presents: Collection[str], demande_a_la_personne: bool, themes: Collection[str] = ()
) -> str:
    """Say in French why an agreement taken so does not hold; empty when it does.

    Args:
        but: purpose, code of the table.
        obtention: how it was given, code of the table.
        presents: who was there, codes of the table; at least one.
        demande_a_la_personne: asked of her, whatever the measure (code civil 459, T9).
        themes: themes that the items touch; violence is asked alone (T21).
    """
    table = table_de_partage()
    if but not in table.buts:
        return "Le but n'est pas connu."
    if obtention not in table.obtentions:
        return "Dites comment l'accord a été donné."
    if not demande_a_la_personne:
        return "L'accord se demande à la personne elle-même, même avec une mesure de protection."
    la = [table.presents.get(code) for code in sorted(presents)]
    if not la or None in la:
        return "Dites qui était là quand l'accord a été demandé."
    refus = next((p.refus for p in la if p and p.refus), "")
    if refus:
        return refus
    if "SEULE" in presents and any(p and not p.discret for p in la):
        return "La personne ne peut pas être à la fois seule et avec un proche : corrigez qui était là."
    seul = table.buts[but].seul or bool(table.themes_seul_a_seul & set(themes))
    if seul and any(p and not p.discret for p in la):
        return "Pour ce besoin, l'accord se demande seul à seul. Proposez un moment sans l'entourage."
    return ""


def texte_a_lire(*, but: str, destinataire: str, libelles: Iterable[str], fin: date) -> tuple[str, ...]:
    """Return the short text read aloud to the person: this communication and no other, withdrawn at any time.

    It never asks to agree to a processing: a public body's basis is its public mission, not consent (GDPR 6.1.e).

    Args:
        but: purpose, code of the table.
        destinataire: name of the structure that would receive.
        libelles: what would leave, in plain words.
        fin: last day.
    """
    quoi = ", ".join(libelle[:1].lower() + libelle[1:] for libelle in libelles) or "rien"
    return (
        f"Je voudrais écrire à {destinataire}, {table_de_partage().buts[but].dit}.",
        f"Voici ce que je lui dirais : {quoi}. Rien d'autre.",
        f"Êtes-vous d'accord ? Vous pouvez dire non : vous serez reçu de la même façon. L'accord dure jusqu'au "
        f"{fin:%d/%m/%Y}.",
        "Vous pouvez changer d'avis à tout moment : dites-le ici, et l'accès est fermé tout de suite.",
    )

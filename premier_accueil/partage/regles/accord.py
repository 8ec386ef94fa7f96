"""How an agreement is asked: of whom, before whom, in which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from premier_accueil.partage.regles.table import table_de_partage
from premier_accueil.socle.texte import cle


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


def themes_entendus(textes: Iterable[str]) -> frozenset[str]:
    """Return the themes asked alone when the words to send make one think of them (T21); better one too many.

    Args:
        textes: what would be written.
    """
    table = table_de_partage()
    return table.themes_seul_a_seul if any(table.mots_seul_a_seul.search(cle(t)) for t in textes) else frozenset()


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


FIN_D_ACCES = "Accès terminé : la personne a retiré son accord. Cessez d'utiliser ces informations."
"""What a recipient sees of a copy that was closed, with the day, and nothing else (T1)."""


def dire_le_retrait(*, destinataire: str, lue_le: datetime | None, lue_par: str) -> tuple[str, ...]:
    """Tell the person truthfully what a withdrawal changes and what the recipient keeps (T1).

    Args:
        destinataire: name of the structure that had received.
        lue_le: when it read for the first time, in the installation's time zone; ``None`` when it never did.
        lue_par: name of who read; empty when it was through a link.
    """
    debut = (
        f"C'est fait : {destinataire} n'a plus accès à ce que nous lui avions écrit. "
        "Il lui est dit d'arrêter de s'en servir."
    )
    fin = "Ce retrait est noté. Il ne change rien à votre accueil ici."
    if lue_le is None:
        return (debut, "Personne ne l'avait encore lu là-bas.", fin)
    qui = f" par {lue_par}" if lue_par else ""
    return (
        debut,
        f"Cela avait été lu{qui} le {lue_le:%d/%m/%Y} à {lue_le:%H:%M}. Ce qui a été lu ne peut pas être « dé-lu ».",
        f"Si {destinataire} en a noté une partie dans son dossier, cela reste là-bas, sous sa responsabilité. "
        "Vous pouvez lui demander de vous le montrer, de le corriger ou de l'effacer.",
        fin,
    )

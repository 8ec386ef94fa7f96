"""Why a paper cannot leave by SMS now: in words for who would press the button. No database."""

from __future__ import annotations

from premier_accueil.agenda.regles import AJoindre, Suite, heures_dites, reglages

IMPRIMEZ = "Imprimez le papier, ou copiez le texte."
REFUS: dict[Suite, str] = {
    Suite.SILENCE: "On ne lui écrit plus : rien ne part vers cette personne.",
    Suite.IMPOSSIBLE: "L'envoi de SMS n'est pas réglé ici.",
    Suite.HEURES: "Ses heures sont écrites avec des mots : une machine ne peut pas en être sûre.",
}


def refus_du_sms(verdict: Suite, qui: AJoindre) -> str:
    """Return why nothing leaves, and what to do instead; empty when it may leave.

    Args:
        verdict: what ``agenda.regles.suite`` says.
        qui: how she may be reached.
    """
    if verdict is Suite.ENVOYE:
        return ""
    if verdict is Suite.ATTEND:
        r, siennes = reglages(), heures_dites(qui.heures)
        dites = f" Ses heures : {qui.heures}." if qui.heures and siennes else ""
        heures = f"aucun SMS ne part avant {r.rappel_de} h ni après {r.rappel_a} h."
        return f"Ce n'est pas l'heure : {heures}{dites} {IMPRIMEZ}"
    if verdict is Suite.SANS_REGLE:
        quoi = "Elle n'a pas dit qu'on peut lui écrire par SMS." if qui.connue else "Écrivez son numéro."
        return f"{quoi} {IMPRIMEZ}" if qui.connue else quoi
    return f"{REFUS.get(verdict, REFUS[Suite.IMPOSSIBLE])} {IMPRIMEZ}"

"""What nobody has to remember: remind after three days, tell after seven, bring back what cannot be received (T12)."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime

from premier_accueil.acteurs.requetes import convention_entre
from premier_accueil.agenda.regles import ModeDeRappel, Suite, suite
from premier_accueil.agenda.requetes.joindre import a_joindre
from premier_accueil.relais.actions.commun import bouger, horloge, tracer
from premier_accueil.relais.actions.envoi import OBJET, prevenir
from premier_accueil.relais.models import Relais
from premier_accueil.relais.regles import FINIS, EtatDeRelais, GesteImpossible
from premier_accueil.relais.requetes.fermes import destinataires_fermes
from premier_accueil.socle.cloison import situation
from premier_accueil.socle.envoi import Canal, EnvoiImpossible, Message, envoi_possible, envoyer
from premier_accueil.socle.horloge import jour_local

SILENCES = {EtatDeRelais.ENVOYE: "relancer", EtatDeRelais.RELANCE: "constater_le_silence"}
CHEZ_EUX = [
    etat.value for etat in EtatDeRelais
    if etat not in FINIS | {EtatDeRelais.BROUILLON, EtatDeRelais.ACCORD_DONNE, EtatDeRelais.REFUSE,
                            EtatDeRelais.RENCONTRE, EtatDeRelais.ISSUE}
]  # fmt: skip
"""States where a closed recipient brings the relay back."""


def veiller(structure_id: int, a: datetime, *, liste: str = "") -> Counter[str]:
    """Do what is due for the relays a structure sent, one transaction each; safe to run twice.

    Args:
        structure_id: each structure in turn, under its own walls.
        a: now.
        liste: address where relays are read, for the e-mails; empty leaves it out.

    Returns:
        how many of each gesture were made.
    """
    bilan: Counter[str] = Counter()
    with situation(structure=structure_id):
        dus = list(_dus(structure_id, a))
    for cle in dus:
        with situation(structure=structure_id), suppress(GesteImpossible):  # somebody acted meanwhile
            fait = _un(cle, a, liste)
            bilan.update([fait] if fait else [])
    return bilan


def _dus(structure_id: int, a: datetime) -> list[int]:
    """Return the relays to look at: what is late, who did not come, and those sent to somebody who closed."""
    chez_eux = Relais.objects.filter(structure_id=structure_id, fini_le=None, etat__in=CHEZ_EUX)
    fermes = destinataires_fermes(chez_eux.values_list("destinataire_id", flat=True).distinct(), a)
    vus = (
        chez_eux.filter(etat__in=SILENCES, echeance__lte=a)
        | chez_eux.filter(etat=EtatDeRelais.NON_VENU, rappelee_le=None)
        | chez_eux.filter(destinataire_id__in=fermes)
    )
    return list(vus.order_by("pk").values_list("pk", flat=True))


def _un(cle: int, a: datetime, liste: str) -> str:
    tenus = Relais.objects.select_for_update(skip_locked=True, of=("self",))
    relais = tenus.select_related("destinataire", "structure", "suivi_par").filter(pk=cle, etat__in=CHEZ_EUX).first()
    if relais is None:
        return ""
    etat = EtatDeRelais(relais.etat)
    if destinataires_fermes([relais.destinataire_id], a):
        bouger(relais, "rendre", horloge(relais), a, motif="FERMETURE")
        _dire_a_l_emetteur(relais, liste)
        return "rendre"
    if etat is EtatDeRelais.NON_VENU:
        return _rappeler_la_personne(relais, a)
    geste = SILENCES.get(etat, "")
    if not geste or relais.echeance is None or relais.echeance > a:
        return ""
    bouger(relais, geste, horloge(relais), a)
    if geste == "relancer":
        prevenir(relais, liste, a)
    else:
        _dire_a_l_emetteur(relais, liste)
        _escalader(relais, a)
    return geste


def _dire_a_l_emetteur(relais: Relais, liste: str) -> None:
    """Tell who answers for the relay, in neutral words; its work list tells it anyway."""
    if "@" in relais.suivi_par.identifiant:
        texte = f"Un relais que vous suivez attend que vous agissiez. Il se lit après connexion.\n{liste}".strip()
        with suppress(EnvoiImpossible):
            envoyer(Message(Canal.COURRIEL, relais.suivi_par.identifiant, texte, OBJET))


def _escalader(relais: Relais, a: datetime) -> None:
    """Tell whom the convention names, without a person: two structures, and since when."""
    convention = convention_entre(relais.structure_id, relais.destinataire_id, jour_local(a))
    if convention is None or not convention.escalade or relais.envoye_le is None:
        return
    texte = (
        f"Un relais de {relais.structure.nom} vers {relais.destinataire.nom}, envoyé le "
        f"{jour_local(relais.envoye_le):%d/%m/%Y}, attend toujours une réponse. Votre convention vous désigne pour le "
        "savoir."
    )
    with suppress(EnvoiImpossible):
        envoyer(Message(Canal.COURRIEL, convention.escalade, texte, "Premier Accueil : un relais sans réponse"))


def _rappeler_la_personne(relais: Relais, a: datetime) -> str:
    """Call her back once, by the way she chose; when in doubt nothing leaves and a person calls."""
    personne = relais.personne
    regle = getattr(personne, "regle_de_contact", None)
    mode = ModeDeRappel.SMS if regle and regle.sms else ModeDeRappel.COURRIEL
    verdict, vers = suite(a_joindre(personne, mode), a)
    if verdict is not Suite.ENVOYE or not envoi_possible(Canal(mode.value)):
        return ""
    telephone = f" Téléphone : {relais.structure.telephone}." if relais.structure.telephone else ""
    with suppress(EnvoiImpossible):
        envoyer(Message(Canal(mode.value), vers, f"Appelez-nous pour reprendre une date.{telephone}", "Rendez-vous"))
        Relais.objects.filter(pk=relais.pk).update(rappelee_le=a)
        tracer("relais_rappeler_la_personne", relais, horloge(relais), a)
        return "rappeler_la_personne"
    return ""

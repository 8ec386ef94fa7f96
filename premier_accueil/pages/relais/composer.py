"""The one screen: purpose, recipient, appointment, words, preview, agreement. One button sends, or nothing leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.acteurs.requetes import Role
from premier_accueil.agenda.actions import CreneauPris, DemandeRefusee
from premier_accueil.agenda.requetes import CreneauLibre
from premier_accueil.entretien.requetes import resume_a_partager
from premier_accueil.pages.agenda.commun import par_plage
from premier_accueil.pages.entree import RequeteDe
from premier_accueil.pages.partage.saisie import attendus_pour, lignes
from premier_accueil.pages.relais.choix import choix
from premier_accueil.pages.relais.saisie import CLES, SaisieDeRelais, lue, neuve
from premier_accueil.partage import actions as partage
from premier_accueil.partage.regles import Destinataire, table_de_partage
from premier_accueil.partage.requetes import apercu, destinataire, textes_connus
from premier_accueil.personnes.requetes import identite_projetable
from premier_accueil.relais import actions
from premier_accueil.relais.regles import Mode
from premier_accueil.relais.requetes import Accueil, accueil_du_destinataire, brouillon_de, origine
from premier_accueil.socle.envoi import Canal, envoi_possible
from premier_accueil.socle.texte import propre

Page = tuple[str, dict[str, Any], int]
ECRAN, IMPRIMER, ENVOYE = "relais/nouveau.html", "relais/ecrit.html", "relais/envoye.html"
A_ECRIRE = "à écrire"
AUTRE_SERVICE = "Vous avez changé de service : voici ce qui partirait vers celui-ci. Relisez, puis envoyez."
RIEN_DE_COCHE = "Cochez au moins une chose à dire. Votre saisie est gardée."


@dataclass(frozen=True)
class Ecran:
    """Whose screen it is, and when."""

    requete: RequeteDe
    personne_id: int
    a: datetime

    @property
    def role(self) -> Role:
        """Return who writes."""
        return self.requete.role


def avancer(ecran: Ecran) -> Page:
    """Return the page of the button that was pressed; an error keeps everything that was typed."""
    if ecran.requete.method != "POST":
        return page(ecran, _depart(ecran))
    saisie, etape = SaisieDeRelais(ecran.requete.POST), ecran.requete.POST.get("etape", "")
    complete = saisie.is_valid()
    if etape == "chercher":
        return page(ecran, saisie)
    gestes: dict[str, Callable[[Ecran, SaisieDeRelais], Page]] = {
        "garder": _garder, "imprimer": _imprimer, "code": _code, "envoyer": _envoyer, "envoyer_par_code": _envoyer,
    }  # fmt: skip
    geste = gestes.get(etape)
    if geste is None or not complete:
        return page(ecran, saisie, 200 if complete else 400)
    if etape != "garder" and saisie.cleaned_data["propose_pour"] != saisie.cleaned_data["destinataire"]:
        return page(ecran, saisie, refus=AUTRE_SERVICE)
    try:
        return geste(ecran, saisie)
    except Structure.DoesNotExist:
        saisie.add_error("destinataire", "Cette structure n'est plus dans l'annuaire : choisissez-en une autre.")
        return page(ecran, saisie, 400)


def page(
    ecran: Ecran, saisie: SaisieDeRelais, code: int = 200, *, refus: str = "", parti: str = "",
    prochains: tuple[CreneauLibre, ...] = (),
) -> Page:  # fmt: skip
    """Show the screen, with what is known of the recipient once it is chosen.

    Args:
        refus: why the agreement does not hold, or nothing may leave.
        parti: last digits of the number that the code left to.
        prochains: the next slots, after one was lost.
    """
    role, a = ecran.role, ecran.a
    contact = identite_projetable(ecran.personne_id, role, a).contact
    depuis = origine(ecran.personne_id, {c: v for c in CLES if (v := _nombre(saisie.data.get(c)))}, role, a)
    vers, accueil = _vers(saisie, a), None
    if vers is not None:
        accueil = accueil_du_destinataire(
            vers.structure_id, role, a, commune_id=contact.commune_id, des=saisie.depuis_le
        )
        saisie, vers = _proposer(ecran, saisie, vers, accueil) if code == 200 else (saisie, vers)
    cherche = propre(saisie.data.get("cherche", ""))[:120]
    contexte: dict[str, Any] = {
        "saisie": saisie, "cherche": cherche, "choix": choix(cherche, vers, contact, depuis, role, a), "vers": vers,
        "table": table_de_partage(), "refus": refus, "parti": parti, "montrer_erreurs": code >= 400,
        "sms": envoi_possible(Canal.SMS), "rappels": [c.value for c in Canal if envoi_possible(c)], "depuis": depuis,
        "cles": CLES, "autre_version": None,
    }  # fmt: skip
    if vers is not None and accueil is not None:
        contexte |= _pour(ecran, saisie, vers, accueil, prochains)
    return ECRAN, contexte, code


def vu(ecran: Ecran, saisie: SaisieDeRelais) -> dict[str, Any]:
    """Return what would leave and why the rest stays, as it is typed; nothing is stored."""
    try:
        return {"vu": apercu(saisie.souhait(ecran.personne_id), ecran.role, ecran.a), "remarques": saisie.remarques()}
    except Structure.DoesNotExist:
        return {"vu": None, "remarques": []}


def _depart(ecran: Ecran) -> SaisieDeRelais:
    dites: QueryDict = ecran.requete.GET
    if cle := _nombre(dites.get("brouillon")):
        garde = brouillon_de(cle, ecran.personne_id, ecran.role, ecran.a)
        if garde is not None:
            return lue(garde)
    depuis = origine(ecran.personne_id, {c: v for c in CLES if (v := _nombre(dites.get(c)))}, ecran.role, ecran.a)
    return neuve(depuis, dites.get("genre", ""), _nombre(dites.get("vers")))


def _vers(saisie: SaisieDeRelais, a: datetime) -> Destinataire | None:
    d = getattr(saisie, "cleaned_data", {})
    if not d.get("destinataire") or not d.get("but"):
        return None
    try:
        return destinataire(d["destinataire"], saisie.fonction_choisie, a)
    except Structure.DoesNotExist:
        return None


def _proposer(
    ecran: Ecran, saisie: SaisieDeRelais, vers: Destinataire, accueil: Accueil
) -> tuple[SaisieDeRelais, Destinataire]:
    """Propose, once for each recipient: who reads there, a link without account, a slot, what a convention says."""
    if saisie.cleaned_data.get("propose_pour") == vers.structure_id or not saisie.is_valid():
        return saisie, vers
    fonction = accueil.lisent[0] if accueil.lisent else Fonction.PARTENAIRE
    mode = Mode.CRENEAU if accueil.creneaux else Mode.A_PROPOSER
    champs: dict[str, list[str]] = {
        "fonction": [fonction.value], "lien": [] if accueil.lisent else ["on"], "mode": [mode.value], "creneau": [],
        "propose_pour": [str(vers.structure_id)],
    }  # fmt: skip
    saisie, vers = saisie.avec(**champs), destinataire(vers.structure_id, fonction, ecran.a)
    if accueil.convention is not None:
        connus = _connus(ecran)
        possibles = attendus_pour(saisie, vers.genre) & set(accueil.convention.elements)
        souhait = saisie.souhait(ecran.personne_id)
        souhait = replace(souhait, textes={c: connus.get(c) or A_ECRIRE for c in sorted(possibles)})
        # Never more than what may leave today for this very recipient.
        partent = [ligne.code for ligne in apercu(souhait, ecran.role, ecran.a).projection.partent]
        saisie = saisie.avec(elements=[*saisie.cleaned_data["elements"], *partent])
    return saisie, vers


def _pour(
    ecran: Ecran, saisie: SaisieDeRelais, vers: Destinataire, accueil: Accueil, prochains: tuple[CreneauLibre, ...]
) -> dict[str, Any]:
    montre = vu(ecran, saisie) if {"base", "jours"} <= saisie.cleaned_data.keys() else {"vu": None, "remarques": []}
    return montre | {
        "accueil": accueil, "creneaux": par_plage(prochains or accueil.creneaux),
        "lignes": lignes(saisie, vers.genre, _connus(ecran)), "minutes_du_code": table_de_partage().code.minutes,
    }  # fmt: skip


def _connus(ecran: Ecran) -> dict[str, str]:
    connus = textes_connus(ecran.personne_id, ecran.role, ecran.a)
    return connus | {"NOTE": resume_a_partager(ecran.personne_id, role=ecran.role, a=ecran.a)}


def _garder(ecran: Ecran, saisie: SaisieDeRelais) -> Page:
    d = saisie.cleaned_data
    try:
        cle = actions.garder_le_brouillon(
            d["demande_id"], ecran.personne_id, d["destinataire"], saisie.garde(), version=d["version"],
            role=ecran.role, a=ecran.a,
        )  # fmt: skip
    except actions.BrouillonChange as refus:
        return _autre_version(ecran, saisie, refus)
    except actions.SaisieRefusee as refus:
        saisie.refuser(refus.champ, str(refus))
        return page(ecran, saisie, 400)
    return "", {"garde": cle}, 302


def _imprimer(ecran: Ecran, saisie: SaisieDeRelais) -> Page:
    if not saisie.textes():
        return page(ecran, saisie, 400, refus=RIEN_DE_COCHE)
    lu = apercu(saisie.souhait(ecran.personne_id), ecran.role, ecran.a)
    partent = [(ligne.libelle, ligne.texte) for ligne in lu.projection.partent]
    return IMPRIMER, {"autre": lu.destinataire.nom, "lignes": partent, "a_lire": lu.a_lire, "relais_id": None}, 200


def _code(ecran: Ecran, saisie: SaisieDeRelais) -> Page:
    d = saisie.cleaned_data
    try:
        parti = partage.envoyer_un_code(
            saisie.souhait(ecran.personne_id), d["demande_id"], numero=d["numero"], sans_risque=d["sans_risque"],
            role=ecran.role, a=ecran.a,
        )  # fmt: skip
    except partage.PartageRefuse as refus:
        return page(ecran, saisie, 400, refus=str(refus))
    return page(ecran, saisie, parti=parti)


def _envoyer(ecran: Ecran, saisie: SaisieDeRelais) -> Page:
    role, a, d = ecran.role, ecran.a, saisie.cleaned_data
    par_code = ecran.requete.POST.get("etape") == "envoyer_par_code"
    if not saisie.textes():
        return page(ecran, saisie, 400, refus=RIEN_DE_COCHE)
    # A try counts whatever follows: it is written before the relay, not inside it.
    if par_code and (refus_du_code := partage.essayer_un_code(d["demande_id"], d["code"], role=role, a=a)):
        return page(ecran, saisie, 400, refus=refus_du_code)
    lu = apercu(saisie.souhait(ecran.personne_id), role, a)
    recueil = saisie.recueil((ligne.code for ligne in lu.projection.partent), par_code=par_code)
    liste = ecran.requete.build_absolute_uri(reverse("relais:recus"))
    try:
        propose = actions.proposer(saisie.demande(ecran.personne_id, recueil), liste=liste, role=role, a=a)
    except partage.PartageRefuse as refus:
        return page(ecran, saisie, 400, refus=str(refus))
    except CreneauPris as refus:
        saisie = saisie.avec(creneau=[])
        saisie.refuser("creneau", str(refus))
        return page(ecran, saisie, 409, prochains=refus.prochains)
    except actions.BrouillonChange as refus:
        return _autre_version(ecran, saisie, refus)
    except (actions.SaisieRefusee, DemandeRefusee) as refus:
        saisie.refuser(refus.champ, str(refus))
        return page(ecran, saisie, 400)
    return ENVOYE, {"propose": propose, "lien": propose.lien}, 200


def _autre_version(ecran: Ecran, saisie: SaisieDeRelais, refus: actions.BrouillonChange) -> Page:
    """Show that a colleague kept it too, with a way to read theirs; the next click knows it was shown."""
    saisie = saisie.avec(version=[str(refus.version)])
    saisie.refuser(refus.champ, str(refus))
    gabarit, contexte, code = page(ecran, saisie, 409)
    return gabarit, contexte | {"autre_version": refus.relais_id}, code


def _nombre(dit: str | None) -> int | None:
    return int(dit) if dit and dit.isascii() and dit.isdigit() and len(dit) < 16 else None

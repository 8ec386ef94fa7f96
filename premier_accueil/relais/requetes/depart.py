"""Where a relay starts from: a need, a démarche, a refused relay, or what was kept for later; nothing is retyped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from premier_accueil.accueil.acces import passages_visibles
from premier_accueil.accueil.models import Besoin, Passage
from premier_accueil.acteurs.requetes import Role
from premier_accueil.entretien.models import Demarche
from premier_accueil.entretien.regles.demarches import PROCEDURES, Dossier
from premier_accueil.orientation.requetes import libelles
from premier_accueil.partage.models import ElementCommunique
from premier_accueil.relais.acces import relais_envoyes
from premier_accueil.relais.models import BrouillonDeRelais, Relais
from premier_accueil.relais.regles import AVANT_L_ENVOI, GESTES, dire_la_demarche
from premier_accueil.socle.horloge import jour_local
from premier_accueil.socle.journal import Geste, noter


@dataclass(frozen=True)
class Origine:
    """What a relay comes from, of this very person; what is not hers is left aside.

    Attributes:
        themes: codes of the need, to look for who answers it.
        ecarte_id: structure that the relay before had been sent to.
        textes: words to start from, by code of the item.
    """

    passage_id: int | None = None
    besoin_id: int | None = None
    demarche_id: int | None = None
    suite_de: int | None = None
    ecarte_id: int | None = None
    but: str = ""
    themes: tuple[str, ...] = ()
    textes: Mapping[str, str] = field(default_factory=dict)


def origine(personne_id: int, dites: Mapping[str, int], role: Role, a: datetime) -> Origine:
    """Return where a relay starts from; four queries at most, the reading of former words journaled.

    Args:
        personne_id: visible to this role, as the page checked.
        dites: keys that a link gives: passage, besoin, demarche, suite_de.
    """
    trouvee = _suite(personne_id, dites.get("suite_de"), role, a)
    passage_id = dites.get("passage") or trouvee.passage_id or 0
    demarche_id = dites.get("demarche") or trouvee.demarche_id or 0
    besoin_id = dites.get("besoin") or trouvee.besoin_id or 0
    siens = {"structure_id": role.structure_id}
    passages = Passage.objects.filter(passages_visibles(role), pk=passage_id, personne_id=personne_id)
    demarche = Demarche.objects.filter(pk=demarche_id, personne_id=personne_id, **siens).first()
    besoin = Besoin.objects.filter(pk=besoin_id, passage__personne_id=personne_id, **siens).first()
    theme = besoin.thematique if besoin else ""
    mots = {"BESOIN": libelles()[theme]} if theme in libelles() else {}  # her own words are better: this is a start
    return replace(
        trouvee, passage_id=passages.values_list("pk", flat=True).first(),
        demarche_id=demarche.pk if demarche else None, besoin_id=besoin.pk if besoin else None,
        themes=(theme,) if theme else (), textes={**mots, **_de_la_demarche(demarche, a), **trouvee.textes},
    )  # fmt: skip


def _de_la_demarche(demarche: Demarche | None, a: datetime) -> dict[str, str]:
    """Return what an institution needs to find a démarche again; nothing when it was not filed."""
    if demarche is None:
        return {}
    dossier = Dossier(**{champ: getattr(demarche, champ) for champ in Dossier.__dataclass_fields__})
    dit = dire_la_demarche(PROCEDURES[demarche.procedure].libelle, dossier, jour_local(a))
    return {"DEMARCHE": dit} if dit else {}


def brouillon_de(relais_id: int, personne_id: int, role: Role, a: datetime) -> dict[str, list[str]] | None:
    """Return what was kept of an unsent relay of one's own house, with its version; ``None`` when there is nothing.

    Args:
        personne_id: visible to this role, as the page checked: a draft opens under her name only (T4).
    """
    garde = BrouillonDeRelais.objects.filter(
        structure_id=role.structure_id, relais_id=relais_id, relais__personne_id=personne_id,
        relais__etat__in=AVANT_L_ENVOI,
    ).first()  # fmt: skip
    if garde is None:
        return None
    _lire("relais_reprendre_le_brouillon", relais_id, role, a)
    saisie = {str(champ): [str(v) for v in valeurs] for champ, valeurs in garde.saisie.items()}
    return saisie | {"version": [str(garde.version)]}


def _suite(personne_id: int, precedent_id: int | None, role: Role, a: datetime) -> Origine:
    """Return what a relay that goes on elsewhere already said: the person agrees anew to each word."""
    if precedent_id is None:
        return Origine()
    avant = Relais.objects.filter(
        relais_envoyes(role, a), pk=precedent_id, personne_id=personne_id, etat__in=GESTES["rebondir"].depuis
    ).first()
    if avant is None:
        return Origine()
    _lire("relais_reprendre", avant.pk, role, a)
    dits = ElementCommunique.objects.filter(communication__relais=avant).order_by("rang")
    return Origine(
        avant.passage_id, avant.besoin_id, avant.demarche_id, avant.pk, avant.destinataire_id, avant.but,
        textes=dict(dits.values_list("code", "texte")),
    )  # fmt: skip


def _lire(action: str, relais_id: int, role: Role, a: datetime) -> None:
    noter(
        structure_id=role.structure_id, compte_id=role.compte_id, geste=Geste.LECTURE, action=action, objet="RELAIS",
        objet_id=relais_id, a=a,
    )  # fmt: skip

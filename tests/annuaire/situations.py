"""What keeping the directory leaves behind: a source, a reading, two entries that look alike, a merge."""

from __future__ import annotations

from premier_accueil.acteurs.models import Structure
from premier_accueil.acteurs.regles import Fonction
from premier_accueil.annuaire import actions
from premier_accueil.annuaire.actions.sources import declarer_une_source
from premier_accueil.annuaire.models import ImportDAnnuaire, PaireDeDoublons, PaireDeParties
from premier_accueil.annuaire.regles.historique import Objet
from tests import fabriques as f


def jumelles(nom: str = "Centre social Les Tilleuls", numero: str = "02 40 00 00 01", **champs) -> tuple[Structure, ...]:
    """Two entries of one house, under two sources."""
    paire = []
    for source in ("essai", "autre-source"):
        chez = f.structure(nom, "CENTRE_SOCIAL", source=source, telephone=numero, **champs)
        f.site(chez, nom, source_id="principal")
        f.service(chez, f"Service de {source}")
        paire.append(chez)
    return tuple(paire)


def coordination(chez: Structure):
    """Somebody who keeps the directory of the département, from a structure."""
    return f.agent(chez, Fonction.COORDINATION, nom="Claude")


def tenue(chez: Structure) -> dict[str, int]:
    """One of each, for the addresses of the pages."""
    role = coordination(chez)
    source = declarer_une_source(
        nom=f"Source de {chez}", genre="DILA", adresse="/nulle/part.csv", rythme="SEMAINE", role=None, a=f.LUNDI_10H
    )
    lecture = ImportDAnnuaire.objects.create(
        source=source, genre="DILA", fichiers="part.csv", commence_le=f.LUNDI_10H, fini_le=f.LUNDI_10H
    )
    jumelles(f"Maison {chez.pk}", f"02 40 00 1{chez.pk % 10} {chez.pk % 100:02}")
    une, autre = jumelles(f"Foyer {chez.pk}", f"02 40 00 2{chez.pk % 10} {chez.pk % 100:02}")
    fusion = actions.fusionner(une.pk, autre.pk, prendre=[], role=role, a=f.LUNDI_10H)
    actions.proposer_des_doublons(a=f.LUNDI_10H)
    paire = PaireDeDoublons.objects.filter(une__nom=f"Maison {chez.pk}").get()
    doubles = [f.site(chez, f"Salle {n}", adresse=f"{chez.pk} rue de la Double") for n in range(4)]
    services = [f.service(chez, f"Double {chez.pk}", site=doubles[n]) for n in range(2)]
    des_services = actions.fusionner_des_parties(
        Objet.SERVICE, services[0].pk, services[1].pk, prendre=[], role=role, a=f.LUNDI_10H
    )
    paire_de_lieux = PaireDeParties.objects.create(
        objet="SITE", une_id=doubles[2].pk, autre_id=doubles[3].pk, score=80, raisons=[["adresse", 22]],
        departements=["44"], proposee_le=f.LUNDI_10H,
    )  # fmt: skip
    return {
        "paire_de_parties_id": paire_de_lieux.pk, "fusion_de_parties_id": des_services.pk,
        "source_id": source.pk, "import_id": lecture.pk, "paire_id": paire.pk, "fusion_de_fiches_id": fusion.pk,
    }  # fmt: skip

"""A storm of arrivals, run as a program of its own: it prints each number once the database said that it is kept."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor


def principal(fois: int) -> None:
    """Give tickets from four doors until somebody kills the database."""
    from premier_accueil.commandes.amorce import preparer

    preparer()
    from django.db import DatabaseError, connection

    from premier_accueil.accueil import actions
    from premier_accueil.accueil.regles import Etape
    from premier_accueil.socle.cloison import situation
    from tests import fabriques as f

    lieu = f.site(f.structure())
    role = f.agent(lieu.structure)
    print(f"pret {role.structure_id} {role.mission_id}", flush=True)

    def porte(_: int) -> None:
        for _ in range(fois):
            try:
                with situation(structure=role.structure_id, mission=role.mission_id):
                    ticket = actions.donner_ticket(
                        etape=Etape.ACCUEIL, prenom="", role=role, site_id=lieu.pk, a=f.LUNDI_10H
                    )
            except DatabaseError:
                break
            sys.stdout.write(f"{ticket.numero}\n")
            sys.stdout.flush()
        connection.close()

    with ThreadPoolExecutor(4) as portes:
        list(portes.map(porte, range(4)))


if __name__ == "__main__":
    principal(5_000)

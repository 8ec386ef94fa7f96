"""Small situations of the room of papers."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from premier_accueil.accueil import actions as accueil
from premier_accueil.accueil.actions import pieces as actions
from premier_accueil.accueil.models import Passage
from premier_accueil.faits.models import Fait
from tests import fabriques as f

DEMAIN = f.LUNDI_10H + timedelta(days=1)


def bulletin(role, lieu, procedure="RSA", a=f.LUNDI_10H, **champs):
    demande = actions.DemandeDeBulletin(uuid4(), procedure, **champs)
    return actions.editer_bulletin(demande, role=role, site_id=lieu.pk, a=a)


def passage(role, lieu, **champs):
    recu = accueil.accueillir(f.demande(**champs), role=role, site_id=lieu.pk, a=f.LUNDI_10H)
    return Passage.objects.get(pk=recu.passage_id)


def faits(genre):
    return list(Fait.objects.filter(genre=genre).order_by("pk").values_list("attributs", flat=True))

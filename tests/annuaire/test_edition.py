"""What a process kept of the directory is known to be out of date as soon as a change is committed."""

from __future__ import annotations

import pytest
from django.db import connections, transaction

from premier_accueil.acteurs.models import Structure
from premier_accueil.annuaire.models import Edition
from premier_accueil.annuaire.requetes import edition
from tests.orientation import reseau


@pytest.mark.django_db
def test_chaque_ecriture_change_l_edition_et_une_lecture_non():
    vues = [edition()]
    structure = reseau.structure("Une")
    vues.append(edition())
    Structure.objects.filter(pk=structure.pk).update(telephone="02 40 00 00 00")
    vues.append(edition())
    list(Structure.objects.order_by("pk"))
    assert edition() == vues[-1]
    structure.delete()
    vues.append(edition())
    assert len(set(vues)) == len(vues)


@pytest.mark.django_db
def test_une_ecriture_annulee_ne_change_rien():
    avant = edition()
    with pytest.raises(RuntimeError), transaction.atomic():
        reseau.structure("Une")
        raise RuntimeError
    assert edition() == avant


@pytest.mark.django_db
def test_les_vieilles_editions_sont_oubliees():
    structure = reseau.structure("Une")
    for numero in range(210):
        Structure.objects.filter(pk=structure.pk).update(telephone=str(numero))
    assert Edition.objects.count() <= 201


def test_celle_qui_a_pris_son_numero_avant_et_finit_apres_se_voit(base_neuve):
    structure = reseau.structure("Une")
    vues = [edition()]
    with connections["proprietaire"].cursor() as autre:
        autre.execute("BEGIN")
        autre.execute("UPDATE acteurs_structure SET nom = nom WHERE id = %s", [structure.pk])
        reseau.structure("Deux")
        vues.append(edition())
        autre.execute("COMMIT")
    vues.append(edition())
    assert len(set(vues)) == 3

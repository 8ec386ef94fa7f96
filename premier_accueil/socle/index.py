"""Expressions that the database indexes."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, UUIDField


class Identifiant(Func):
    """What ``socle.identifiants.identifiant`` computes, in the database: ``Identifiant("source", "source_id", …)``."""

    output_field = UUIDField()
    arg_joiner = " || ':' || "
    template = (
        "(overlay(overlay(md5('%(genre)s:' || %(expressions)s) placing '8' from 13 for 1) "
        "placing '8' from 17 for 1))::uuid"
    )

    def __init__(self, *champs: Any, genre: str) -> None:
        super().__init__(*champs, genre=genre)

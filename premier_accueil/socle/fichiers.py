"""Read the reviewed data files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# The C loader is ten times faster; it is in every wheel, but not in every build.
CHARGEUR = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def lire_yaml(fichier: Path) -> Any:
    """Return the content of a YAML file.

    Raises:
        FileNotFoundError: no such file.
        yaml.YAMLError: the file is not YAML; the message gives line and column.
    """
    with fichier.open(encoding="utf-8") as flux:
        return yaml.load(flux, Loader=CHARGEUR)  # noqa: S506 (both are safe loaders)

"""Build hook: the distribution asks for what requirements.in names, so that the list is written once."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class CustomMetadataHook(MetadataHookInterface):
    """Fill ``dependencies`` from requirements.in, minus the build tools."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the dependencies.

        Args:
            metadata: the project's metadata, changed in place.
        """
        lignes = Path(self.root, "requirements.in").read_text(encoding="utf-8").splitlines()
        outils = {"hatchling", "editables"}
        metadata["dependencies"] = [
            ligne.strip()
            for ligne in lignes
            if ligne.strip() and not ligne.startswith("#") and ligne.strip() not in outils
        ]

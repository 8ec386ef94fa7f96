"""What is shared, with whom."""

from __future__ import annotations

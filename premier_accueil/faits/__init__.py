"""De-identified facts: what happened, where, which day. No identity, no free text, no key back to a person."""

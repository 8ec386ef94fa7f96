"""The interview: what the social worker writes, the meetings that follow, her day."""

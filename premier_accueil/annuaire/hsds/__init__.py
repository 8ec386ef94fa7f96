"""The directory as HSDS 3.1 (Open Referral): documents, our stricter profile, pages of them. Mapping: docs/adr/0013."""

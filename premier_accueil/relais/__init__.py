"""Warm hand-over: the sender books, the recipient answers, the outcome comes back; nothing can be lost."""

"""Composes the accounts by rules: the same figures give the same words, and nothing is said that no figure says."""

"""The pages on which the accounts are written, commented on and frozen."""

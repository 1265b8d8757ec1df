"""Guides: how the policy is done in practice, read by everyone and written by those who own them."""

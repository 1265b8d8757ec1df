"""Answers by name: read one by one by those whom the campaign says, with a purpose, and seen by whoever gave them."""

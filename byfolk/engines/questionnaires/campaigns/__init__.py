"""Campaigns: who is asked what, when, and in which groups their answers are counted."""

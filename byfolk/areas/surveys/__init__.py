"""Surveys: making instruments, asking, answering, and what comes of the answers."""

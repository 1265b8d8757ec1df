"""Byfolk runs a municipality's personnel policy: goals become practice, practice figures, and figures action."""

__version__ = "0.1.0"

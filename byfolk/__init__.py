"""Byfolk runs a municipality's personnel policy: goals become practice, practice becomes figures, figures become action."""

__version__ = "0.1.0"

"""Instruments: what a questionnaire asks, in versions. One in use never changes."""

"""Goals: the policy's focus areas and goals, the figures that serve them, yearly targets per unit, and how it
stands.
"""

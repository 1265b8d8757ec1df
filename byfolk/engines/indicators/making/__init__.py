"""From imported rows to published figures: fingerprints, extraction, facts, cube, decisions, publication. Entry:
`refresh`.
"""

"""The page behind a figure: history, siblings, parts, meaning and where it came from."""

"""The page of a unit: who works there and how it stands."""

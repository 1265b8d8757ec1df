"""The page where an indicator's yearly targets for a unit are seen and set."""

"""What the policy area has for the home page: figures that are far off, what is to be done, and hearings."""

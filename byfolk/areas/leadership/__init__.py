"""Leaders: who leads what, and how many each leads."""

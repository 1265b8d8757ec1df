"""Anonymous ballots by blind signatures: who may have one is known, which one it was is not."""

"""What a unit chooses to do something about, when it has its result, and whether that moved."""

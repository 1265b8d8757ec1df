"""Actions: the board of a unit, one action, starting one, and what the other pages show of them."""

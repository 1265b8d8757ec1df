"""Actions: something to be done in a unit, who answers for it, by when, why, and the figure that it should move."""

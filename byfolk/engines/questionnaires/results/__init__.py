"""What comes of a campaign's answers: means for every unit, so that nobody's answers can be derived from them."""

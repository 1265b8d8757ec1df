"""What came of a survey, unit by unit: three sentences first, then every factor on its whole scale."""

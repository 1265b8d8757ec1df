"""The work environment: sick leave, and later health, safety and follow-up."""

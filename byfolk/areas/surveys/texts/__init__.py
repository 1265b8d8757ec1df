"""What people wrote in their own words: HR goes through it, then those who see the result read it."""

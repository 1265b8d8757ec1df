"""What people wrote in their own words: loosed from the rest of the answer, masked, reviewed, and then shown."""

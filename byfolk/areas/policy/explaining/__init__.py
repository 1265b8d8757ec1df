"""What a unit says of why its figures are as they are: where it is written, and on the pages of its figures."""

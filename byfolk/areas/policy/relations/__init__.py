"""What goes together with what among the units of an agency, from published figures alone."""

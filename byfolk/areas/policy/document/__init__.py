"""The policy document: read, written, heard, compared and adopted."""

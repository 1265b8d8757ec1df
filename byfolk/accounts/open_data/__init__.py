"""The open data: what anyone may take along, as files, as a catalogue, and as pictures to put on other pages."""

"""The room of the invented force: its people, agencies and cases. Nobody and nothing in it is real."""

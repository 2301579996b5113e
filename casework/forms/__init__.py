"""The room of what pages about a case ask."""

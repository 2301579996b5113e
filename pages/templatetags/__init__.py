"""The room of the template tags that every page may load."""

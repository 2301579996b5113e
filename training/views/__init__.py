"""The room of the pages about training."""

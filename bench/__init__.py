"""The room of speed: `make bench` holds Holdfast against the bare thing, both measured in one run."""

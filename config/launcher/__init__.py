"""The room of `make run` and its kin: styles, browser, services and processes of one machine."""

"""The room of how every page looks and asks: form renderer, widgets, fields, markup."""

"""The room of the pages about people, units, agencies, absence, leaving, signing in and the audit trail."""

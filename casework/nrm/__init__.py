"""The room of the Home Office's national form: its questions, where each is kept here, what may leave, and how."""

#!/usr/bin/env python3
"""The door to every command: `manage.py followups --once`, `manage.py cracks`, `manage.py seed_demo`."""

import os
import sys

from django.core.management import execute_from_command_line

OWNER_COMMANDS = {
    *("migrate", "makemigrations", "sqlmigrate", "showmigrations", "flush", "test"),
    *("audit_months", "rotate_keys"),
}
WEB_COMMANDS = {"runserver", "shell"}


def database_role(command: str) -> str:
    """Which of the three login roles a command uses: only migrations own tables [architecture 6]."""
    if command in OWNER_COMMANDS:
        return "migrate"
    return "web" if command in WEB_COMMANDS else "engine"


def main() -> None:
    """Run one command as the database role that it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ.setdefault("HOLDFAST_ROLE", database_role(command))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

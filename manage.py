#!/usr/bin/env python
"""Entry point for management commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirishima_dx.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

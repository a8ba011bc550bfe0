"""Fill DATABASE_URL, a database with its tables, unless it is filled: `python -m bench.prepare TIMES YEARS`."""

import sys

import django

django.setup()

from bench import data
from plans.models import Edition

if __name__ == "__main__" and not Edition.objects.exists():
    data.prepare(times=int(sys.argv[1]), years=int(sys.argv[2]))

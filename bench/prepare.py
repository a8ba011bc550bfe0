"""Fill DATABASE_URL, a database with its tables: `python -m bench.prepare TIMES YEARS`."""

import sys

import django

django.setup()

from bench import data

if __name__ == "__main__":
    data.prepare(times=int(sys.argv[1]), years=int(sys.argv[2]))

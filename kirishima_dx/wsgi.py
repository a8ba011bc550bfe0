"""WSGI entry point, served by `manage.py serve`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirishima_dx.settings")
application = get_wsgi_application()

"""WSGI entry point, served by `manage.py serve`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kirishima_dx.client_address import BehindProxies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirishima_dx.settings")
application = BehindProxies(get_wsgi_application(), trusted=settings.TRUSTED_PROXY)

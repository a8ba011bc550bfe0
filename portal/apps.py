"""Configuration of the portal app: pages over all others, no tables."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "マイページ"

"""Addresses of the initiatives app, a module for each kind of page."""

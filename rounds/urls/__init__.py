"""Addresses of the rounds app, a module for each kind of page."""

"""Files of the portal."""

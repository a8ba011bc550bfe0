"""How what an app owns is drawn where it stands in a loop: small functions that return safe HTML."""

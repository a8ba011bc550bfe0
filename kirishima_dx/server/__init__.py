"""The server that stands directly on the network: waitress, with limits that waitress does not have (decision 0023)."""

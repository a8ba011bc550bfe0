"""Page-shaped reads of reports, meetings and decisions."""

"""Files for people: 決定・指示事項."""

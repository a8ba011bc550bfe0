"""Files that come and go as workbooks."""

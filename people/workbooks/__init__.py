"""Lists that come and go as workbooks."""

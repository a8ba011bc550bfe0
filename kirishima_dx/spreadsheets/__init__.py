"""Lists that go out and come back as workbooks."""

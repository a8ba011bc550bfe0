"""Plan files: one edition of one plan as reviewed text with natural keys (fixtures/README.md)."""

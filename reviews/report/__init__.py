"""A report as a document of its own (rule R1): what it is, how it is compiled, how it is laid out for reading."""

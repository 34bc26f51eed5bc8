"""Known layouts of files, recognised by their columns, and mappings for the unknown ones."""

"""The import of service results: a kind of file beside the kernel's own, with its columns, rules and landing."""

"""Pages of the spine: one file a subject."""

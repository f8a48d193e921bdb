"""The desk and the search: the only room that gathers from all others."""

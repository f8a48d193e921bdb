"""What the office's rules say about units, accounts and stand-ins; one file a subject, reads only."""

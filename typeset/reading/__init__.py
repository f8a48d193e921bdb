"""Reads what others wrote: DOCX and plain text."""

"""The writers: one content model to PDF, DOCX, OFD and page images."""

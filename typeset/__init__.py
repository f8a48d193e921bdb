"""Sets official papers by GB/T 9704-2012: one content model, written as PDF, DOCX, OFD and page images.

A pure library: it imports nothing of the office and no Django. `python -m typeset IN.json -o OUT.pdf` is its command line.
"""

"""Opens strangers' files: pure Python, no Django, run in a limited process of its own (`__main__`)."""

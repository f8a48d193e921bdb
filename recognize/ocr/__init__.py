"""Offline character recognition: a picture of a page becomes lines with boxes and how sure each was read.

The networks are PP-OCRv6 in ONNX form as they come inside the package rapidocr; nothing is fetched from anywhere.
"""

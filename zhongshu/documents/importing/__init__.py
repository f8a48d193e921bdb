"""历史台账导入: past years' registers from Excel, read, judged, shown, and only then written."""

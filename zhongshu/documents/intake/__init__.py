"""来文拖放: from what was recognised to a filled form, remembered corrections, and papers that are there already."""

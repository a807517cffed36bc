"""The course's formulas in plain Python: only ``math``, so that MicroPython runs the same files in the page."""

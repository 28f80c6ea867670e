"""Raises exceptions with lone surrogates, null characters and code points that are no characters.

Must: be written down and rendered all the same.
Verdict: failed
"""


def double(x):
    raise type("E\ud800", (Exception,), {})("\udfff\x00\ufffe\U0010ffff")


print("\udcff\ud800")
raise ValueError("\ud800\x00\ufffe")

"""Raises exceptions whose classes are called like markup.

Must: be shown as text.
Verdict: failed
"""


def double(x):
    raise type("<img src=x onerror=pwned()>", (Exception,), {})


raise type("</code><script>pwned()</script>", (Exception,), {})

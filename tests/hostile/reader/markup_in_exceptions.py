"""Raises exceptions with markup in their texts, in the cell and in the call.

Must: be shown as text.
Verdict: failed
"""


def double(x):
    raise AssertionError("<script>pwned()</script><img src=x onerror=pwned()>")


raise ValueError("</pre></code><script>pwned()</script><svg onload=pwned()><a href='javascript:pwned()'>x</a>")

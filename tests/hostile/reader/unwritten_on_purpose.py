"""Claims to be unwritten while it runs, with markup as the claim.

Must: be shown as text.
Verdict: failed
"""


def double(x):
    raise type("<b onclick=pwned()>", (NotImplementedError,), {})("<b onclick=pwned()>")

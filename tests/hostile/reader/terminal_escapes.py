"""Puts escape sequences that terminals act on into names, texts and outputs.

Must: be shown as text; no result or report holds an escape character.
Verdict: failed
"""

EVIL = "\x1b]0;pwned\x07\x1b[2J\x1b[31m\x9b31m\x1bP+q\x1b\\\x08\x08\r3 points\x00"


def double(x):
    raise type("E" + EVIL, (Exception,), {})(EVIL)


print("and so on")
raise ValueError(EVIL)

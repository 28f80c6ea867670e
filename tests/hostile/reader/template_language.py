"""Puts expressions of template languages into texts that reports show.

Must: be shown as text.
Verdict: failed
"""


def double(x):
    raise type("{{ 7 * 191 }}{% raw %}", (Exception,), {})


raise ValueError("{{ 7 * 191 }} {{ ''.__class__.__mro__ }} ${7*191} <%= 7*191 %>")

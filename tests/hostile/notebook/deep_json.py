"""Is JSON, nested a million deep.

Must: be refused as no notebook, without harm to who reads it.
Verdict: not_run
Costs: q2
"""


def content(honest):
    return b'{"nbformat": 4, "cells": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}"

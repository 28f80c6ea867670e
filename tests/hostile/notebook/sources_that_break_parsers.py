"""Has sources that are nested deeper than a parser takes, or are megabytes of one expression.

Must: be failed cells of its own; the other question is marked.
Verdict: failed | crashed | timed_out | out_of_memory
"""

import json


def content(honest):
    bombs = [
        "(" * 90_000,
        "-" * 500_000 + "1",
        "x" + ".y" * 200_000,
        "[" * 100 + "]" * 100,
        "f'{" * 150,
        "\\\n" * 10_000,
    ]
    bombs.append("\n".join(" " * i + "if 1:" for i in range(99)))
    new = {"metadata": {}, "outputs": [], "execution_count": None, "cell_type": "code"}
    honest["cells"] += [{**new, "source": bomb, "id": f"b{i}"} for i, bomb in enumerate(bombs)]
    return json.dumps(honest).encode()

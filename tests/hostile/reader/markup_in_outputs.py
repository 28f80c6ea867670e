"""Shows outputs as HTML, SVG, JavaScript and Markdown that act when they are opened.

Must: stay in the executed notebook; no report holds them.
Verdict: failed
"""

from IPython.display import HTML, SVG, Javascript, Markdown, display

display(HTML("<script>pwned()</script><iframe src='javascript:pwned()'></iframe>"))
display(SVG(data="<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'></svg>"))
display(Javascript("pwned()"))
display(Markdown("[x](javascript:pwned()) <img src=x onerror=pwned()>"))


def double(x):
    print("<script>pwned()</script>")
    return x

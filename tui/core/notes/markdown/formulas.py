"""Formulas, left exactly as written: ``$…$``, ``$$…$$``, ``\\(…\\)``, ``\\[…\\]``."""

from __future__ import annotations

import re

from tui.core.patterns import deferred

SOURCE = (
    r"\$\$[^$]+\$\$"
    r"|(?<![\w$\\])\$(?![\s$])(?:[^$\\\n]|\\.|\n(?!\s*\n))+(?<!\s)\$(?![\w$])"
    r"|\\\((?=(?:(?!\\[()])[^\n])*?(?:[=^_{*]|\\\w))(?:(?!\\[()])[^\n])+\\\)"
    r"|\\\[(?=(?:(?!\\[\[\]])[^\n])*?(?:[=^_{]|\\\w|\w\*+\w))(?:(?!\\[\[\]])[^\n])+\\\]"
    r"|\\\[[ \t]*\n(?:(?!\\[\[\]]|\n[ \t]*\n)[\s\S])+\\\]"
)
"An amount of money begins with a digit after a `$`, but none ends before a `$` without a letter after it."
FORMULA = deferred(SOURCE, re.DOTALL)

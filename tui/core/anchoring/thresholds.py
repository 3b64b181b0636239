"""The figures that decide how sure is sure enough, in one place.

They were set on edit histories of public notes and on synthetic edits of such notes, half of the cases held out
(`tests/bench/anchoring.py` measures both). Likeness, context and scores go from 0 to 1.
"""

from __future__ import annotations

CONTEXT_SHARE = 0.18
"How much of a pair's score is its context; the rest is its likeness."
LIKE_ANYWHERE = 0.70
"Likeness at which two blocks are the same one wherever they are, if no other is nearly as like."
LIKE_IN_GAP = 0.42
"Likeness that is enough where both stand between the same unchanged blocks."
LIKE_ALONE_IN_GAP = 0.30
"Likeness that is enough where nothing else stands there."
LIKE_IN_CONTEXT = 0.60
"Likeness that is enough where the context agrees by `CONTEXT_AGREES`."
LIKE_WHEN_CONTINUED = 0.50
"How like two blocks are at least where one is the other with more behind it or before it."
LIKE_WHEN_CUT = 0.40
"How like two blocks are at least where the later is the earlier one's beginning or end."
CONTEXT_AGREES = 0.35
MARGIN = 0.08
"By how much a pair's score must beat every other of its row and its column."
WORTH_A_LOOK = 0.25
"Likeness below which two blocks are no candidates for one another."
WORTH_A_REVIEW = 0.40
"Score from which on a block is offered to the reader as a candidate."

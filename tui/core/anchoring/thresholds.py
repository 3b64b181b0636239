"""The thresholds of anchoring, all in one place: how sure is sure enough.

They were set on edit histories of public notes and on synthetic edits of such notes (`tests/bench/anchoring.py`
measures both). Similarity in a gap was swept on one half of the cases and then measured on the other; the other figures
were set by hand with all cases in view. Similarity, context and scores range from 0 to 1.
"""

from __future__ import annotations

CONTEXT_SHARE = 0.18
"Share of context in a pair's score; the rest is similarity."
LIKE_ANYWHERE = 0.70
"Similarity at which two blocks are the same wherever they are, if no other is nearly as similar."
LIKE_AS_HEADING = 0.70
"Similarity above which a heading and a bullet are candidates for each other."
LIKE_IN_GAP = 0.42
"Similarity that suffices between the same unchanged blocks."
LIKE_ALONE_IN_GAP = 0.30
"Similarity that suffices if nothing else is there."
MARGIN_IN_GAP = 0.02
"Minimum lead of a score in its row and column between the same unchanged blocks."
HOLDS = 0.50
"Minimum share of a block's words in its successor, by weight; overall similarity counts too."
HOLDS_CLEARLY = 0.60
"Share of a block's words at which its successor has more of them than any other block could have."
HOLDS_LEAD = 0.15
"Minimum lead of a smaller share over that of another block with new words."
LIKE_IN_CONTEXT = 0.60
"Similarity that suffices if the context agrees by `CONTEXT_AGREES`."
LIKE_WHEN_CONTINUED = 0.50
"Minimum similarity of two blocks if one is the other with more after or before it."
LIKE_WHEN_CUT = 0.40
"Minimum similarity of two blocks if the later is the beginning or end of the earlier."
CONTEXT_AGREES = 0.35
MARGIN = 0.08
"Minimum lead of a pair's score over all others in its row and column."
WORTH_A_LOOK = 0.25
"Similarity below which two blocks are not candidates for each other."
WORTH_A_REVIEW = 0.40
"Score from which a block is offered to the reader as a candidate."
PHRASE_WORTH_A_REVIEW = 0.20
"Share of a phrase, by weight, that must be left for it to be offered to the reader."

# Parts of a text, and a text of which parts were replaced:
CONTAINED = 0.8
"Minimum share of the shorter text in the longer for one to be part of the other."
PARTS_SHARE = 0.45
"Maximum share of words, by weight, that two parts of one text have in common."
PARTS_HOLD = 0.8
"Minimum share of the text that the parts have together."
KEEPS_ENDS = 10
"Minimum length of whole words in common at both ends of two texts whose middle was replaced, in code points."
KEEPS_SHARE = 0.25
"Minimum share of the earlier text that these are."
KEEPS_WORDS = 0.45
"Minimum share of words kept instead, in a block that is similar enough in its gap."
PART_LENGTH = 20
"Minimum length of a text that can be recognised as a part, in code points."
GOES_ON = 4
"Maximum length of a text that continues a short one, as a multiple of it."
MENTIONS = 3
"Minimum length, as a multiple of another text, of one that only mentions it if it begins and ends otherwise."
FORM = 2
"Most texts with the same words and other numbers that these tell apart; more are a form filled in often."
TIE = 0.5
"Score of a copy that is left for another that may as well be it."
FAR = 0.2
"Context below which nothing around two texts agrees."
BEGINS, FRAMED, FRAMED_MOST = 4, 12, 40
"Minimum code points in common for two texts alone in one place: at the start, and at both ends."

# Without the earlier text, by selectors alone:
EQUAL_IN_CONTEXT = 0.50
"Context in which an equal block is the same one, however short."
EQUAL_BY_LENGTH = 30
"Length from which an equal block is the same one in any context, in code points."
EQUAL_MARGIN = 0.05
"Minimum lead of one copy's context over the others'."
IN_PLACE = 0.75
"Context from which an equal block counts as unmoved."
LIKE_BY_ITSELF = 0.75
"Similarity that suffices if nothing else speaks for or against a block."
LIKE_UNDER_HEADING = 0.60
"Similarity that suffices under the same heading, if no other block is within `CLEAR_MARGIN`."
CLEAR_MARGIN = 0.20
LIKE_AMONG_MANY = 0.90
"Similarity that suffices if more blocks were like it than are known."
LIKE_BESIDE_NEIGHBOUR = 0.50
"Similarity that suffices next to the block's former neighbour, if that agrees by `AROUND_AGREES`."
AROUND_AGREES = 0.80
NEIGHBOUR_ALIKE = 0.70
"Minimum similarity at which a block is the reworded neighbour."
LIKE_IN_FRAME = 0.45
"Similarity that suffices if the text before and after a phrase agrees by `FRAME_STANDS`."
LIKE_IN_HALF_A_FRAME = 0.60
"Similarity that suffices if the text on one side of a phrase agrees by `FRAME_STANDS`."
FRAME_STANDS = 0.90
QUOTE_FRAMED = 0.80
"Minimum share of the text on one side of a phrase that must surround it in another block."
SEARCH_WORTH_A_LOOK = 0.40
SEARCH_WORTH_A_REVIEW = 0.45
ELSEWHERE_WORTH_A_REVIEW = 0.60
"Score from which a block in another note is offered; high, since there are many other notes."

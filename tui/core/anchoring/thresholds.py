"""The thresholds of anchoring: how sure is sure enough, in one place.

They were set on edit histories of public notes and on synthetic edits of such notes (`tests/bench/anchoring.py`
measures both). Likeness in a gap was swept on one half of the cases and then measured on the other; the other figures
were set by hand with all cases in view. Likeness, context and scores go from 0 to 1.
"""

from __future__ import annotations

CONTEXT_SHARE = 0.18
"Share of context in a pair's score; the rest is its likeness."
LIKE_ANYWHERE = 0.70
"Likeness at which two blocks are the same wherever they are, if no other is nearly as like."
LIKE_IN_GAP = 0.42
"Likeness that is enough between the same unchanged blocks."
LIKE_ALONE_IN_GAP = 0.30
"Likeness that is enough if nothing else is there."
MARGIN_IN_GAP = 0.02
"Least lead of a score over its row and its column between the same unchanged blocks."
HOLDS = 0.50
"Least share of a block's words in its successor, by weight; overall likeness counts as well."
HOLDS_CLEARLY = 0.60
"Share of a block's words from which its successor holds more of them than any other block could of the rest."
HOLDS_LEAD = 0.15
"Least lead of a lesser share over that of another block with new words."
LIKE_IN_CONTEXT = 0.60
"Likeness that is enough if the context agrees by `CONTEXT_AGREES`."
LIKE_WHEN_CONTINUED = 0.50
"Least likeness of two blocks of which one is the other with more behind it or before it."
LIKE_WHEN_CUT = 0.40
"Least likeness of two blocks of which the later is the earlier one's beginning or end."
CONTEXT_AGREES = 0.35
MARGIN = 0.08
"Least lead of a pair's score over every other of its row and its column."
WORTH_A_LOOK = 0.25
"Likeness below which two blocks are no candidates for one another."
WORTH_A_REVIEW = 0.40
"Score from which a block is offered to the reader as a candidate."
PHRASE_WORTH_A_REVIEW = 0.20
"Share of a phrase, by weight, that must be left to be offered to the reader."

# Parts of a text, and a text of which parts were replaced:
CONTAINED = 0.8
"Least share of the shorter text in the longer for one to be a part of the other."
PARTS_SHARE = 0.45
"Most words that two parts of one text may share, by weight."
PARTS_HOLD = 0.8
"Least share of it that the parts hold together."
KEEPS_ENDS = 10
"Least code points, in whole words, in common at both ends of two texts of which the middle was replaced."
KEEPS_SHARE = 0.25
"Least share of the earlier text that these are."
KEEPS_WORDS = 0.45
"Least share of the words held instead, of one alike enough in its gap."
PART_LENGTH = 20
"Least code points of a text that can be recognised as a part."
GOES_ON = 4
"Most times that a text that goes on from a short one may be as long."
TIE = 0.5
"Score of a copy that is left for another that may as well be it."
FAR = 0.2
"Context below which nothing around two texts agrees."
BEGINS, FRAMED, FRAMED_MOST = 4, 12, 40
"Least code points in common of two texts alone in one place: at the start, and at both ends."

# Without the earlier text, by the selectors alone:
EQUAL_IN_CONTEXT = 0.50
"Context in which an equal block is the same one, however short."
EQUAL_BY_LENGTH = 30
"Code points from which it is the same in any context."
EQUAL_MARGIN = 0.05
"Least lead of one copy's context over the others'."
IN_PLACE = 0.75
"Context from which an equal block counts as unmoved."
LIKE_BY_ITSELF = 0.75
"Likeness that is enough if nothing else speaks for a block, and nothing against it."
LIKE_UNDER_HEADING = 0.60
"Likeness that is enough under the same heading, if no other block comes near by `CLEAR_MARGIN`."
CLEAR_MARGIN = 0.20
LIKE_BESIDE_NEIGHBOUR = 0.50
"Likeness that is enough beside the block's former neighbour, if that agrees by `AROUND_AGREES`."
AROUND_AGREES = 0.80
NEIGHBOUR_ALIKE = 0.70
"Least likeness at which a block is its neighbour, reworded."
LIKE_IN_FRAME = 0.45
"Likeness that is enough if the text before and behind a phrase agrees by `FRAME_STANDS`."
LIKE_IN_HALF_A_FRAME = 0.60
"The same on one side."
FRAME_STANDS = 0.90
QUOTE_FRAMED = 0.80
"Least share of the text on one side of a phrase that must surround it in another block."
SEARCH_WORTH_A_LOOK = 0.40
SEARCH_WORTH_A_REVIEW = 0.45
ELSEWHERE_WORTH_A_REVIEW = 0.60
"Score from which a block of another note is offered: there are many other notes."

"""Every number that cleaning decides by, in one place, with what it was measured on.

`Labelled`: a length in characters as 4,700 lines with a label have it, of laws, reports, notices, contracts,
judgments, speeches, news and others: the 99th of a hundred, and the longest.  `Felt`: how many of 10,228 lines of 204
such texts come out otherwise where the number is halved, and where it is doubled.  `Guard`: what is beyond it was not
met; it bounds time, or keeps a rule from what it is not for.
"""

# --- front: what stands before the body --------------------------------------------------------------------------

FRONT_LINES = 160
"""Lines before the body at most.  Labelled: 114 at most.  Felt: 15, 0."""
AHEAD = 3
"""How far a good title is ahead of all others where no other line may be it.  Labelled: one title more of 335."""
CERTAIN = 5
"""How far a title leads the next best, from where on all that stands above it may be a page's."""
LISTED = 8
"""Lines above the first sentence among which lists may show that the text has begun.  Guard."""
SUMMARIES = 3
"""Sentences that may stand above a salutation: a summary, a slogan.  Guard: below more of them none is looked
for."""
DATED = 4
"""Lines at the beginning that may say when rules were made.  Guard."""
FRONT = 12
"""Lines at the beginning that may be a register's table above rules.  Guard."""
LETTER = 400
"""Lines: a longer text is no official letter.  Guard."""
SALUTATION = 80
"""Characters of a salutation.  Labelled: 74 but for one, which names every office of a province in 122.  Felt: 3, 0."""
SENTENCE = 15
"""Characters: a shorter line with a stop is a slogan or a headline, and ends no front.  Felt: 1, 1."""
SUBTITLE_TAIL = 24
"""Characters behind the occasion of a speech: office and name.  Labelled: names 9, with offices 19.  Guard."""
REPEATED_OVER = 4
"""Lines over which a title is said again at most.  Felt: 3, 0."""

# --- evidence of lines --------------------------------------------------------------------------------------------

ONE_LINE = 45
"""Characters: a longer line is no name, no signature, no part of a title on one of several lines."""
NO_SENTENCE = 120
"""Characters: a longer line has no form but that of a sentence.  Guard."""
HEAD_LINES = 12
"""Lines at the beginning that are asked for every form, also sentences.  Guard."""
READ = 3
"""Sentences behind which a text is taken to have begun: those above are asked for every form too.  Guard."""
LABEL = 24
"""Characters of a sentence in which the colon of a label stands."""
VALUE = 10
"""Characters: a longer value of a label may be speech."""
FURNITURE = 120
"""Characters of a line that is furniture by what it says.  Guard."""
WINDOW = 3
"""Lines at the most above a page's window title, and from a path to the title that it ends in.  Guard."""
KEY = 4
"""Characters of a line's key that is looked for elsewhere: shorter ones are met by chance."""
RUNNING = 3
"""How often a line stands in a text that heads its pages."""
LONG_SENTENCE = 25
"""Characters of a sentence that is hardly a link's text."""
DAYS = 3
"""Lines in a row that begin with a day each: none says when the text came out."""
TEASERS = 3
"""Moments in a row that make a list of other texts, or of what readers say.  Guard: one may be the text's own."""
TEASER = 8
"""Lines from one to the next of them at most: who says it, a title, two sentences, what to do with it."""
ANSWER = 2
"""Characters of a line that is a speaker's letter and a colon."""
BAR = 10
"""Lines among which more than half are names of controls: a bar below a text."""
COPY = 3
"""Paragraphs in a row that stand above too, in a second copy of a text."""
TAIL_LINES = 20
"""Lines behind the end of a text that are worth a notice where they are left out for their place alone."""
TAIL = 0.3
"""What they are to the text that is kept, in characters, from which on they may be a part of it.  Labelled: of 366
texts 3 have more, .8 to 1.6, all pages of news with long lists; a programme that was once taken for a list had 1.3."""
LATIN_WORDS = 8
"""Words of a line without Han: a longer one says something, and does not only name what a page links to."""
CELL = 30
"""Characters: a longer line is no cell of a table."""
CELL_WORDS = 10
"""Characters: most of a table's cells of words are no longer, the titles of texts are."""
TABLE_CELLS = 9
"""Short lines in a row that may be a table's."""
TABLE_LINES = 12
"""Short lines in a row that are a table's where a quarter are figures.  Labelled: half have 10 and more."""
CODE = 3
"""Lines without Han in a row that may be those of a program."""
TABLE_ROWS = 3
"""Cells of a column, at least, in which it shows."""
MENU = 5
"""Short lines in a row above the text that are a menu."""
MENU_ROW = 4
"""Names in a row that are a menu's and no title.  Guard."""
MENU_NAME = 14
"""Characters of a name in a menu."""
CONTROL = 6
"""Characters: most names in a short menu are no longer."""
ORGAN = 14
"""Characters of a line that names the organ a text is from: a longer one that ends so may be a title, as one that ends
in `座谈会`."""
LONG_FRONT = 12
"""Lines above a text: below more of them a page's menus stand there, and the title is the last that may be one."""
MENU_TWICE = 3
"""Short lines in a row that are a menu where they stand twice.  Guard: fewer may be cells of a table."""
MENU_SHARE = 6
"""One in so many of them is the name of a menu, or is said again."""
TITLE_BODY = 40
"""Lines below a title in which its words are looked for."""
TITLE_SCORE = 5
"""Score of a title span that is worded like a title."""

# --- furniture ---------------------------------------------------------------------------------------------------

PHOTO_CREDIT = 160
"""Characters of a photograph's caption.  Labelled: 38, 43.  Guard: a paragraph may end in such words."""
REPEATED = 20
"""Characters of a line's key that tell a page's hidden summary as the beginning of the text again.  Felt: 3, 0."""
REPEATED_WHOLE = 5
"""Characters of the key of a line that is said again as a whole: shorter ones repeat by chance.  Felt: 17, 3."""
PROMOTED = 3
"""Words of advertising that make a sentence an advertisement: `扫描`, `二维码`, `下载`."""
EDITOR = 12
"""Characters of the line below a label such as `责任编辑`: names.  Labelled: names alone, 3.  Guard."""

# --- headings ----------------------------------------------------------------------------------------------------

HEADING = 80
"""Characters of a heading that has no stop at its end.  Labelled: 44, 64; in laws 19, 23.  Felt: 10, 2."""
HEADING_SENTENCE = 60
"""Characters of a heading that is a sentence, and of a run-in heading.  Labelled: 33, 49.  Felt: 76, 30."""
DASHED_HEADING = 8
"""Characters after a dash: less is the name of somebody quoted.  Labelled: half of such headings have 13 and more.
Felt: 1, 0."""
LEAD = 60
"""Characters of a lead on a line of its own.  Labelled: 34, 46, but for one.  Felt: 14, 6."""
LEAD_AND_FIRST = 20
"""Characters that the first lead below another, on the same line with it, may add.  Felt: 2, 0."""
BARE_LEAD = 45
"""Characters of a lead before its body that no mark goes before.  Labelled: 34, 46, but for one.  Felt: 5, 6."""
ALIKE = 3
"""Neighbouring paragraphs that begin alike and so have leads.  Two did so by chance five times in 130 texts.  Felt: 161
where one is enough, 6."""
COUNTED = 3
"""Labels of one word that count on and so are marks.  Guard: two of a word may be two persons or two telephones."""
OPEN_SERIES = 3
"""Series of one family that may be open, each within the one before.  Guard."""
WITHIN = 99
"""Numbers that are counted to tell a series within another of its family from one that begins again.  Guard."""
REFRAIN = 3
"""Characters with which they begin alike: `这五年` U+FF0C `我们` ..., `五年来` U+FF0C ...  Felt: 19, 6."""

# --- contents, notes, tables -------------------------------------------------------------------------------------

HEADS = 3
"""Lines made alike, each above a text of its own, that are headings.  Labelled: 28 such lines of 28 are headings."""
HEADS_SHARE = 15
"""One in so many lines of a text is a heading of that kind.  Guard: stories ask, too."""
LIST_HEAD = 16
"""Characters of a name above a list.  Labelled: 8 at most."""
CONTENTS = 3
"""Lines, with marks, that make a contents list: two neighbours may stand again by chance.  Felt: 3, 8."""
GLOSSARY = 4
"""Terms of a glossary that has no heading.  Felt: 2, 0."""
NOTES_SEEN = 16
"""Lines below a heading of notes that tell whether it holds notes."""
NOTE_HEAD = 20
"""Characters of a heading that divides what stands below such a heading."""
COLON_HEAD = 16
"""Characters of a heading that ends in a colon."""

# --- end matter --------------------------------------------------------------------------------------------------

END_LINES = 24
"""Lines from the end in which end matter stands.  Felt: 2, 3."""
LABEL_ALONE = 6
"""Characters of an attachment's label without a title: `附件`, a number, the spaces around it.  Felt: 0, 1."""
SIGNATURE = 30
"""Characters of a line that names an organ: of a signature, or of a law's history.  Labelled: 23.  Felt: 2, 0."""
SIGNATURE_LINES = 4
"""Lines of a signature above its date.  Labelled: 3.  Felt: 2, 0."""

# --- repairs of characters ----------------------------------------------------------------------------------------

LETTERSPACED_SENTENCE = 15
"""Han of a passage that shows that a text has spaces between all its characters: titles of ordinary texts are set so up
to a dozen.  Guard."""
PARTED = 10
"""Characters on each side of a Latin full stop inside a paragraph: less is a name such as `约翰.史密斯`.  Guard."""

# --- lines that scraping cut -------------------------------------------------------------------------------------

JOINED = 20_000
"""Characters of a joined paragraph: a text without a stop stays in pieces of this size.  Guard."""
NOT_A_NAME = 40
"""Characters: a longer line without a stop is no heading, title or name.  Labelled: 44, 34, 23.  Felt: 90, 33."""
REST = 12
"""Characters of a rest that scraping left on a line of its own, which holds no mark to tell it by.  Felt: 7, 9."""
WORD = 8
"""Characters on either side of a cut in which a word is looked for.  Guard: it bounds what is segmented."""
FOLIOS = 3
"""Lines `-1-`, `-2-` ... that number pages."""
CUT_LINE = 14
"""Characters: a shorter line may be a label, whose end and the next label's beginning look like one word."""
DOTS = 3
"""Lines that begin with a stop, each below a short line: bullets, and no ends of sentences.  Guard."""
FULL_LINE = 35
"""Characters of a line of Korean that is full: a shorter one behind a number may be a heading.  Guard."""
CUTS = 3
"""Lines cut inside a word that prove that a text is cut anywhere.  Guard: one or two may be chance."""
WRAPPED_LINES = 8
"""Lines from which on a text can be seen to be wrapped at one width.  Guard."""
WRAPPED_WIDTH = (20, 160)
"""Columns of a wrapped text's lines: narrower ones are verse, wider ones paragraphs.  Guard."""
LAID = 44
"""Columns of a line that a register cut: shorter ones are names.  Guard."""
WRAP_SLACK = 5
"""Columns by which full lines differ: a mark that may not begin a line stays behind or takes a character along."""

# --- confidence --------------------------------------------------------------------------------------------------

WHY = 3
"""Facts that are said for a line."""
PLACES = 12
"""Lines that a notice names."""

# --- what is reported --------------------------------------------------------------------------------------------

ROUNDS = 8
"""Rounds of repairs.  Guard: the second finds nothing in ordinary text."""
UNBALANCED = 30
"""Notices of one kind: more help nobody.  Guard."""

"""Every number that the HTML reader decides by, in one place.

Limits keep one page from taking the time or memory of many; a limit warns, and nothing is dropped for it.  Weights say
where the article is and which short lines belong to it.  Characters are counted without white space, weights are in
characters of prose (`weigh.article`) or in points (`weigh.score`, `weigh.titles`).

Measured in November 2026 on 27 saved pages with gold and 43 small cases: what half and what double of a weight changes
in the mean bigram F1 of the body (0.9917), in cases right (42) and in titles right (68 of 70).

    PROSE         half -0.0199           double +0.0025
    MOSTLY                               double -0.0258
    NAME_HOLDS    half -0.0036, 1 case
    CORE_SHARE                           double +0.0026
    OVER          half -0.0081
    REPEATED                             double -0.0036
    PEER          half -0.0003, 1 case   double 1 case
    IS_PROSE                             double -0.0002
    LONG          half -0.0002
    EDGE          half -0.0002           double -0.0003, 1 case
    DATE_FOLLOWS  half 1 title

Half or double of any other weight from TABLE_TEXT to TITLE_LINKED changes none of these: it is not measured by them.
"""

# --- sight: the page as it is parsed and cut ---------------------------------------------------------------------

MAX_PAGE_TAGS = 600_000
"""Tags of a page.  Pages have a few thousand; this many take some 20 seconds and 500 MB."""
MAX_DEPTH = 150
"""Elements nested deeper become children of the last one that is not: pages go down to about 40."""
STATED_PROSE = 100
"""Characters without spaces that an article has which only a script holds."""
DEEPEST_STATE = 60
"""Objects and lists nested in the state of a page's scripts that are looked into."""
MOST_FLOWN = 200_000
"""Values in the rows of a page's scripts that are looked at."""
MAX_FRAMES = 20
"""Frames of one page that are read."""
MAX_FRAME_DEPTH = 3
MANY_TAGS = 20_000
"""From here on nesting is looked at before parsing: the parser's time grows with tags times depth."""
MAX_PARSED_DEPTH = 2_000
"""Tags nested deeper are a fault of the page: they are passed over before it is parsed."""
LONG_TAG = 4_000
"""Characters: a longer tag is looked at for its attributes."""
MAX_ATTRIBUTES = 500
"""Of one tag: the parser compares each with all before it."""
MAX_SHEETS = 30
"""Style sheets beside a page that are read."""
MAX_SHEET = 1_000_000
"""Characters of one style sheet that are read: saved pages hold sheets of up to half of that."""
SCREEN_WIDTH = 1280
"""Pixels: what media queries are asked for."""
SMALL_PICTURE = 50
"""Pixels: an icon has both sides below this."""
THIN_PICTURE = 5
"""Pixels: a line or a tracking picture has one side below this."""
HIGHEST_INLINE = 64
"""Pixels: a picture inside a sentence is no higher, and WIDEST_INLINE no wider."""
WIDEST_INLINE = 320
LARGEST_INLINE = 6_000
"""Characters of such a picture in a `data:` address, where nothing says how large it is."""
LONGEST_ADDRESS = 80
"""Characters that are shown of the address of a video."""
LONGEST_INLINE = 80
"""Characters of what such a picture says of itself."""

MAX_COLUMNS = 60
MAX_ROWS = 50_000
MAX_CELLS = 200_000
LONG_CELL = 150
"""Characters: a table with many such cells lays out text."""

# --- weigh: features of leaves -----------------------------------------------------------------------------------

PROSE = 16
"""Characters outside links from which on a leaf with a punctuation mark is prose."""
MOSTLY = 0.5
"""Share of a leaf from which on links make it a link."""
LINKED_SENTENCE = 12
"""Characters of links from which on a line that ends like a sentence is one, though most of it is links."""
TABLE_TEXT = 40
"""Characters from which on a table of data may be the article."""
MIN_RECORDS = 4
"""Rows of one make from which on they are a table, where each has several lines and at most MAX_RECORD."""
MAX_RECORD = 12
LONGEST_FIELD = 24
"""Characters of their lines, taken together."""
LINKED_RECORDS = 0.2
"""Share of their characters that may be links."""
NAME_HOLDS = 0.5
"""Share of a page's prose: an element that holds more is no furniture, whatever it is called."""
MAX_ITEM = 20
"""Lines and pictures in an item of a feed, or in a comment with its buttons."""
MAX_SIBLINGS = 40
"""Elements of a feed that are compared with an item."""

# --- weigh: where the article is, in characters of prose ---------------------------------------------------------

LINK_COST = 4.0
"""What a link takes away, and LINK_COST_PER_CHARACTER for each of its characters."""
LINK_COST_PER_CHARACTER = 0.3
SHORT = 1.0
"""What a short text outside links gives."""
CODE = 100.0
"""What a listing gives at most: a page may have little else."""
CONTROL_COST = 2.0
BEFORE_TITLE = 0.1
"""What prose before the title is worth."""
NAMED = 0.3
"""What prose is worth inside an element whose name says furniture."""
LITTLE = 100
"""Characters: with less prose the title says where the article is."""
CORE_SHARE = 0.1
"""A parent is one of the core's from this share of its best parent's prose on."""
OVER = 0.6
"""Share of the core after which an end mark ends the article, where nothing of the same places follows it."""
REPEATED = 0.8
"""Share of a text's pairs of characters that others have too, from which on it only repeats them."""
LEFT_OUT = 0.1
"""Share of the page's prose from which on what is in no edition for no good reason is worth a notice."""
MANY_LINKS = 30
"""Links of a page from which on it may be a list of links, with MOSTLY of its text in them."""
LITTLE_PROSE = 40
"""Characters: an article with less may be a login or an error page, which is worth a notice."""

# --- weigh: the lines that are not core, in points; kept with more than 0 ----------------------------------------

PEER = 2.0
"""It stands in a parent of the core."""
IS_PROSE = 2.0
"""From LONG characters on, less below."""
LONG = 80
MAX_FIGURE = 3
"""Leaves in an element that holds no more than a picture with its caption."""
EDGE = -1.0
"""No core follows it, or none precedes it."""
FOREIGN = -1.5
"""In a part of the region that holds no core."""
ALIKE = 1.5
"""In such a part that is made like one that holds core."""
ENDS_SENTENCE = 3.0
"""It ends like a sentence, and the line before it is kept: a short last paragraph."""
ATTACHED = 4.0
"""It is a link to a file."""
NAMED_FURNITURE = -2.5
"""An element between it and the region has a name that says so."""
LINKED = -4.0
"""Most of it is links."""
PROMOTION = -1.5
"""For each word of advertising."""
SAYS_FURNITURE = -9.0
ADJOINS = 4.0
"""A picture right before or after what is kept."""
HEADING = 1.5
"""It is bold or a heading, and short."""

# --- weigh: which line is the title, in points -------------------------------------------------------------------

SAME = 3.0
"""A leaf says what the head says."""
TITLE_NAMED = 0.6
SET_AS_TITLE = 1.1
"""Bold and centred right before the text, as where a page has no headings."""
DATE_FOLLOWS = 1.2
TITLE_LINKED = -1.2
TITLE_IN_FURNITURE = -1.2
"""The logo of a site is often its largest heading."""
FAR = -0.015
"""For each leaf between it and the article, down to -1.5."""
ENOUGH = 1.0
MAX_TITLE_LINES = 4
"""Lines of a heading that are all of the title."""
LONGEST_BADGE = 6
"""Characters of a badge that is set before a title."""
TITLE_REACH = 1_000
"""Leaves before the article that are looked at."""

# --- build -------------------------------------------------------------------------------------------------------

HEAD = 15
"""Lines before the article that are looked at where the page shows no title."""
FOOT = 15
"""Lines after the article's region in which its credits may stand."""
LATE_DATE = 3
"""Lines below the article in which its date may stand, where none stands above it."""
LATE_DATE_REST = 8
"""Characters beside such a date."""
NEAR_TITLE = 8
"""Leaves below the title in which a link to somebody's page names who wrote."""
SHORTEST_EVENT = 4
"""Letters behind the day in a line of a programme."""
LONGEST_SOURCE = 30
"""Characters of the name of a source."""
LONGEST_NAME = 12
"""Characters of the name of an author that no label says to be one."""
LONGEST_PEN_NAME = 20
"""Characters of one that the page's head or an element's property states."""
LONGEST_BOLD_CAPTION = 40
LONGEST_CAPTION = 120
LONGEST_HEADING = 80
MAX_NOTE_LINES = 12
MAX_NESTING = 6
"""Lists and quotes nested deeper are their lines."""

MAX_PICTURE_BYTES = 20 * 2**20
MOST_DRAWN = 100_000
"""Elements that an SVG draws, those that it repeats counted each time."""
MAX_PICTURE_PIXELS = 30_000_000
MAX_MEDIA_BYTES = 100 * 2**20
"""Of all pictures of a document: more would not fit in a worker's memory."""

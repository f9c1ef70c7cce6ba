"""How sentences begin, go on and cannot end."""

from __future__ import annotations

from .patterns import pattern

TALK = pattern(
    "[我你他她它这那]|因此|但是?|可是|所以|于是|现在|或者|如果|因为|还有|然而|而且|不过|当|在|由于|为了|至于|其实|同时|首先|其次"
    "|最后|今天|当前|今年|去年|目前"
)
"""How sentences of a running text begin, and leads do not."""
NEXT_INSIDE = pattern("[\u3002\uff1b][二三四][是要]")
"""The next of a series that counts in words stands in the same paragraph."""
CANNOT_END = pattern("[\uff0c\u3001,\u201c\u300a\uff08(\u2014]$|(?:[的和与及或为对在把被将向以]|以及|并且|关于)$")
"""How a line ends whose sentence goes on in the next."""

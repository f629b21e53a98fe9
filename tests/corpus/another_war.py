"""Invented reports on another war, in a country that is none: pairs of each kind, for tests."""

from __future__ import annotations

import datetime

from twosource.records import Report

__all__ = ["ALERT", "BLOG", "DIGEST", "LATER", "OTHER", "REPRINT", "RETOLD", "STATEMENT", "WIRE", "report"]


def report(name: str, text: str, day: int, outlet: str, agency: str | None = None) -> Report:
    """A report of March 2031."""
    published = datetime.date(2031, 3, day)
    return Report(id=name, text=text, published=published, outlet=outlet, agency=agency, digest=f"digest-{name}")


_BRIDGE = """\
TAVERN (Reuters) - At least 14 people were killed when shells struck a queue of tanker lorries at the Isk bridge in \
eastern Morvenia on Tuesday, a hospital doctor and two drivers said.

The lorries had been waiting since dawn for customs papers when the first shell landed, said Oleta Brandt, who drives \
milk to the capital. "We ran into the reeds and lay there until the fires went out," she told Reuters by telephone.

The bridge is the only crossing that the Salt Coast Army left standing when it withdrew from the river in January. \
Engineers reopened one lane of it nine days ago.

A spokesman for the Third Corps, Major Ivo Tallen, said that its guns had not fired across the river this week. The \
Salt Coast Army did not answer questions.

Some 6,200 people have crossed the Isk eastwards since the new year, according to the river commission, most of them \
on foot.
"""

WIRE = report("wire", _BRIDGE, 4, "Reuters", "Reuters")

REPRINT = report(
    "reprint",
    "Shells kill 14 at border bridge\n\n"
    + _BRIDGE.removeprefix("TAVERN (Reuters) - ").replace("lorries", "trucks").replace("6,200", "6200")
    + "\n- REUTERS",
    5,
    "Port Evening Post",
)

ALERT = report(
    "alert",
    "At least 14 people were killed when shells struck a queue of tanker lorries at the Isk bridge in eastern Morvenia "
    "on Tuesday a hospital doctor and two drivers said. The bridge is the only crossing that the Salt Coast Army left "
    "standing when it withdrew from the river in January. (Reuters)",
    4,
    "Radio Delta",
)

RETOLD = report(
    "retold",
    """\
Milk, fuel and shellfire: fourteen dead at the Isk crossing

Fourteen people lost their lives at the Isk bridge on Tuesday as a line of tanker lorries stood waiting for papers, a \
doctor at the hospital and two of the drivers say.

Oleta Brandt, a driver who carries milk to the capital, told Reuters how they fled from the first shell. "We ran into \
the reeds and lay there until the fires went out," she said.

When the Salt Coast Army gave up the river in January it left that one crossing standing, and engineers had opened a \
single lane of it only nine days before.

Major Ivo Tallen of the Third Corps denied that his guns had fired over the river this week. From the Salt Coast Army \
there was no reply. The river commission counts 6,200 people who have gone east over the Isk since the new year, \
nearly all on foot.
""",
    5,
    "The Morvenian",
)

LATER = report(
    "later",
    """\
TAVERN (Reuters) - The death toll from the shelling of the Isk bridge in eastern Morvenia has risen to 22, a hospital \
doctor said on Wednesday, after divers found more bodies in the river.

At least 22 people were killed when shells struck a queue of tanker lorries at the bridge on Tuesday, the doctor said. \
The lorries had been waiting since dawn for customs papers when the first shell landed, drivers said.

The bridge is the only crossing that the Salt Coast Army left standing when it withdrew from the river in January. \
Engineers reopened one lane of it nine days ago.

A spokesman for the Third Corps, Major Ivo Tallen, said that its guns had not fired across the river this week. The \
Salt Coast Army has not answered questions.

Some 6,200 people have crossed the Isk eastwards since the new year, according to the river commission.
""",
    5,
    "Reuters",
    "Reuters",
)

STATEMENT = report(
    "statement",
    """\
MARCH 4 (AP) - Sixteen civilians died on Tuesday under artillery fire near the Isk river, the governor of Eastern \
Morvenia said in a statement on his website, and blamed the Third Corps.

Governor Hesper Quill said that thirty rounds had fallen within a quarter of an hour on the western bank, where \
lorries and a market for second-hand tools stand side by side. He asked the European monitors to collect the splinters.

"This was aimed, and whoever aimed it could see what he was doing," the statement said. The monitors told The \
Associated Press that their nearest post is forty kilometres away.
""",
    4,
    "Lake Tribune",
    "AP",
)

OTHER = report(
    "other",
    """\
TAVERN (Reuters) - Morvenia's parliament voted on Thursday to call up another 30,000 reservists, a day after the \
finance minister resigned over the budget for the war.

The law passed by 81 votes to 64. Opposition members left the hall before the count.

Some 6,200 people have crossed the Isk eastwards since the new year, according to the river commission, most of them \
on foot.
""",
    20,
    "Reuters",
    "Reuters",
)

_STRIKE = """\
GULLHAVEN (AFP) - Dockers in Gullhaven refused on Tuesday to unload a ship that they said carried mortar bombs for the \
Salt Coast Army, and set up tents on the quay.

The freighter Ostrava Star has been moored since Sunday with 480 crates that its papers describe as farm machinery. \
Harbour police broke up a first picket at dawn and led off eleven men.

"We load grain here, we do not load funerals," said Bram Ottesen, who speaks for the dockers. The shipping line, which \
is registered in Cyprus, declined to comment when AFP reached its office.

Two other ports along the coast turned the freighter away last month.
"""

BLOG = report("blog", _STRIKE, 4, "AFP", "AFP")

DIGEST = report("digest", f"{_BRIDGE}\n{_STRIKE}", 5, "Weekly Digest")

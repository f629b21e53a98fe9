"""The closed sets of the codebook, as enums whose values are the codebook's words."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "DEEDS",
    "FAMILIES",
    "ActorKind",
    "Certainty",
    "ClaimType",
    "CueKind",
    "FigureKind",
    "FigureScope",
    "Severity",
    "Stance",
    "Status",
    "family_of",
]


class ClaimType(StrEnum):
    """What a claim tells of."""

    ARMED_CLASH = "armed_clash"
    OFFENSIVE = "offensive"
    AIRSTRIKE = "airstrike"
    DRONE_STRIKE = "drone_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    SUICIDE_BOMBING = "suicide_bombing"
    CHEMICAL_ATTACK = "chemical_attack"
    SHOOTING = "shooting"
    ATTACK = "attack"
    SIEGE = "siege"
    TAKES_CONTROL = "takes_control"
    WITHDRAWS = "withdraws"
    HOLDS = "holds"
    DEPLOYS = "deploys"
    STATIONED = "stationed"
    PREPARES = "prepares"
    KILLS = "kills"
    INJURES = "injures"
    ABDUCTS = "abducts"
    ARRESTS = "arrests"
    EXECUTES = "executes"
    TORTURES = "tortures"
    SEXUAL_VIOLENCE = "sexual_violence"
    RELEASES = "releases"
    DISPLACES = "displaces"
    DAMAGES = "damages"
    BACKS = "backs"
    ARMS = "arms"
    FUNDS = "funds"
    TRAINS = "trains"
    ALLIED_WITH = "allied_with"
    FIGHTS_AGAINST = "fights_against"
    PART_OF = "part_of"
    LEADS = "leads"
    AGREES = "agrees"
    NEGOTIATES = "negotiates"
    VIOLATES = "violates"
    DEMANDS = "demands"
    THREATENS = "threatens"
    ACCUSES = "accuses"
    PLEDGES = "pledges"
    PRAISES = "praises"
    CONDEMNS = "condemns"
    SANCTIONS = "sanctions"
    DESIGNATES = "designates"
    AIDS = "aids"
    EVACUATES = "evacuates"
    BLOCKS_AID = "blocks_aid"
    PROTESTS = "protests"
    DISMISSES = "dismisses"
    INVESTIGATES = "investigates"
    OTHER = "other"


_FAMILY_WORDS = {
    "force": "armed_clash offensive airstrike drone_strike shelling bombing suicide_bombing chemical_attack "
    "shooting attack siege",
    "control": "takes_control withdraws holds",
    "posture": "deploys stationed prepares",
    "persons": "kills injures abducts arrests executes tortures sexual_violence releases",
    "harm": "displaces damages",
    "support": "backs arms funds trains allied_with fights_against part_of leads",
    "diplomacy": "agrees negotiates violates demands threatens accuses pledges praises condemns sanctions designates",
    "relief": "aids evacuates blocks_aid",
    "other": "protests dismisses investigates other",
}

FAMILIES: dict[str, tuple[ClaimType, ...]] = {
    family: tuple(ClaimType(word) for word in words.split()) for family, words in _FAMILY_WORDS.items()
}
"""The families of the codebook and their types, in its order."""

DEEDS = frozenset({"force", "posture", "persons", "harm", "control"})
"""The families of what is done in a conflict, not said, agreed or given."""

_FAMILY_OF = {type_: family for family, types in FAMILIES.items() for type_ in types}


def family_of(type_: ClaimType) -> str:
    """The codebook's family of a claim type, such as 'force' for an airstrike."""
    return _FAMILY_OF[type_]


class FigureKind(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"
    FIGHTERS = "fighters"
    CIVILIANS = "civilians"
    GROUPS = "groups"
    POSITIONS = "positions"
    SETTLEMENTS = "settlements"
    AIRCRAFT = "aircraft"
    VEHICLES = "vehicles"
    STRIKES = "strikes"
    MONEY = "money"
    OTHER = "other"


class FigureScope(StrEnum):
    """How far a figure reaches: one event, a total that runs on over several, or a part of another figure."""

    EVENT = "event"
    TOTAL = "total"
    PART = "part"


class Stance(StrEnum):
    """What a source does with a claim; a denied claim is kept in the positive."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    ASKS = "asks"


class Certainty(StrEnum):
    """How firmly it is said, from the firmest down."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Whether it has happened, goes on, is to come, or is only supposed or asked for."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class ActorKind(StrEnum):
    """What kind of actor or source a name stands for."""

    STATE = "state"
    STATE_FORCE = "state_force"
    ARMED_GROUP = "armed_group"
    ORGANISATION = "organisation"
    PERSON = "person"
    OFFICIAL = "official"
    CIVILIANS = "civilians"
    GENERIC = "generic"
    MONITOR = "monitor"
    OUTLET = "outlet"
    AGENCY = "agency"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"


class CueKind(StrEnum):
    """What a cue does to the claims in its scope."""

    HEDGE = "hedge"
    DENIAL = "denial"
    NEGATION = "negation"
    PLAN = "plan"
    CONDITION = "condition"
    DISTANCE = "distance"


class Severity(StrEnum):
    """How much an issue matters: a note, a doubt about a value, or input that could not be read."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

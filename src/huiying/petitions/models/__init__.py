"""One person's matter and all that is done about it, as stored. No column names a person who petitions."""

from huiying.petitions.models.handling import (
    Assistance,
    DraftStep,
    Evidence,
    Execution,
    Extension,
    FactFinding,
    Objection,
    Recusal,
    RecusalEnded,
    Reply,
    ReplyAnswer,
)
from huiying.petitions.models.matter import Claim, Petition, PetitionClock, Submission
from huiying.petitions.models.similar import SketchBand
from huiying.petitions.models.voices import (
    FollowUp,
    Message,
    PetitionLink,
    Rating,
    RetaliationReport,
    SavedView,
    SpamMark,
)

__all__ = [
    "Assistance",
    "Claim",
    "DraftStep",
    "Evidence",
    "Execution",
    "Extension",
    "FactFinding",
    "FollowUp",
    "Message",
    "Objection",
    "Petition",
    "PetitionClock",
    "PetitionLink",
    "Rating",
    "Recusal",
    "RecusalEnded",
    "Reply",
    "ReplyAnswer",
    "RetaliationReport",
    "SavedView",
    "SketchBand",
    "SpamMark",
    "Submission",
]

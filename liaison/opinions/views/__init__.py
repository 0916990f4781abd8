"""The pages of opinions, by who works on them."""

from liaison.opinions.views.detail import OpinionDetailView, OpinionRevealView, OpinionStepView
from liaison.opinions.views.gathering import OpinionGatherView, OpinionRaiseView, OpinionThemeView
from liaison.opinions.views.listing import OpinionExportView, OpinionListView, SlipListView, SlipView
from liaison.opinions.views.proposing import ProposalListView, ProposalStepView, ProposalView, ProposeView
from liaison.opinions.views.recording import OpinionMineView, OpinionNoteView, OpinionRecordView

__all__ = [
    "OpinionDetailView",
    "OpinionExportView",
    "OpinionGatherView",
    "OpinionListView",
    "OpinionMineView",
    "OpinionNoteView",
    "OpinionRaiseView",
    "OpinionRecordView",
    "OpinionRevealView",
    "OpinionStepView",
    "OpinionThemeView",
    "ProposalListView",
    "ProposalStepView",
    "ProposalView",
    "ProposeView",
    "SlipListView",
    "SlipView",
]

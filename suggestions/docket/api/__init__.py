"""The docket over REST: one's cases, their steps, writing, and seconding (接口)."""

from suggestions.docket.api.cases import ShareApi, SuggestionApi
from suggestions.docket.api.cosigning import InvitationApi

__all__ = ["InvitationApi", "ShareApi", "SuggestionApi"]

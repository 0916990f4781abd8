from django.urls import path

from congress.portal.views import checking, reading, saying, showing, stories, telling

app_name = "portal"

urlpatterns = [
    path("", reading.HomeView.as_view(), name="home"),
    path("deputies/", reading.DeputyListView.as_view(), name="deputies"),
    path("deputies/<int:pk>/", reading.DeputyView.as_view(), name="deputy"),
    path("deputies/<int:pk>/photo/", reading.PortraitView.as_view(), name="portrait"),
    path("deputies/<int:pk>/card/", showing.CardView.as_view(), name="card"),
    path("deputies/<int:pk>/show/", showing.ShowView.as_view(), name="show"),
    path("stations/", reading.StationListView.as_view(), name="stations"),
    path("stations/<slug:slug>/", reading.StationView.as_view(), name="station"),
    path("receptions/", reading.ReceptionListView.as_view(), name="receptions"),
    path("suggestions/", reading.SuggestionListView.as_view(), name="suggestions"),
    path("suggestions/<int:pk>/", reading.SuggestionView.as_view(), name="suggestion"),
    path("stories/", stories.StoryListView.as_view(), name="stories"),
    path("stories/<int:pk>/", stories.StoryView.as_view(), name="story"),
    path("stories/photos/<int:pk>/", stories.StoryPhotoView.as_view(), name="story_photo"),
    path("promises/photos/<int:pk>/", reading.ProofPhotoView.as_view(), name="proof"),
    path("say/<slug:slug>/", saying.SayView.as_view(), name="say"),
    path("say/deputy/<slug:slug>/", saying.SayToDeputyView.as_view(), name="say_deputy"),
    path("code/<slug:slug>/", reading.CodeView.as_view(), name="code"),
    path("look/", saying.LookView.as_view(), name="look"),
    path("opinion/", saying.OpinionView.as_view(), name="opinion"),
    path("opinion/leave/", saying.LeaveView.as_view(), name="leave"),
    path("opinion/photos/<int:pk>/", saying.PhotoView.as_view(), name="photo"),
    path("opinion/grade/", saying.GradeView.as_view(), name="grade"),
    path("opinion/withdraw/", saying.WithdrawView.as_view(), name="withdraw"),
    path("elder/", reading.elder, name="elder"),
    path("review/", checking.ReviewView.as_view(), name="review"),
    path("review/promises/", checking.KeptReviewView.as_view(), name="review_kept"),
    path("review/stories/", telling.StoryList.as_view(), name="telling"),
    path("review/stories/new/", telling.WriteView.as_view(), name="telling_new"),
    path("review/stories/<int:pk>/", telling.StoryDetail.as_view(), name="telling_story"),
    path("review/stories/<int:pk>/step/<slug:step>/", telling.OfficeStepView.as_view(), name="telling_step"),
    path("profile/stories/", telling.OwnStoriesView.as_view(), name="own_stories"),
    path("profile/stories/<int:pk>/", telling.OwnStoryView.as_view(), name="own_story"),
    path("profile/stories/<int:pk>/step/<slug:step>/", telling.OwnStepView.as_view(), name="own_story_step"),
    path("cards/", showing.CardsView.as_view(), name="cards"),
    path("profile/", showing.OwnProfileView.as_view(), name="profile"),
]

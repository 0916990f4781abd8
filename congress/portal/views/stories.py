"""What is told of deputies, for everybody (代表风采)."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import View

from congress.kit.paging import page_of
from congress.kit.words import asked_words
from congress.portal import questions
from congress.portal.models import Story
from congress.portal.views.reading import SECONDS, STORIES, PublicView


class StoryListView(PublicView):
    """Stories and reports of a congress."""

    template_name = "congress/portal/stories.html"

    def get_context_data(self, **kwargs):
        query = self.request.GET
        words, kind = asked_words(query.get("q")), query.get("kind", "")
        page = page_of(questions.stories(self.congress, words=words, kind=kind), query.get("page"), per_page=STORIES)
        page.object_list = questions.as_agreed(page.object_list)
        return super().get_context_data(
            page_obj=page,
            kinds=Story.Kind.choices,
            kind=kind,
            words=words,
            congresses=questions.congresses(),
            **kwargs,
        )


class StoryView(PublicView):
    """One story with its pictures."""

    template_name = "congress/portal/story.html"

    def get_context_data(self, **kwargs):
        found = questions.story(self.kwargs["pk"])
        if found is None:
            raise Http404
        return super().get_context_data(story=found, photos=found.photos.all(), **kwargs)


@method_decorator([login_not_required, cache_control(public=True, max_age=SECONDS)], name="dispatch")
class StoryPhotoView(View):
    """A picture of a story that everybody may read."""

    def get(self, request, pk):
        stored = questions.story_photo(pk)
        if stored is None:
            raise Http404
        return FileResponse(stored.file.open("rb"), filename=stored.name, content_type=stored.content_type)

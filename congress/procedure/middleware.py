"""Two people at one step: whoever comes second is told so, whichever page he came from."""

from django.shortcuts import render

from congress.procedure.workflow import StepNotOpen


def stepped_aside(get_response):
    """Answers a step that somebody else has taken with the page that says so, where the view itself did not (409)."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, StepNotOpen):
            return None
        case = getattr(exception.case, "journal_case", exception.case)
        return render(request, "409.html", {"case_url": case.get_absolute_url()}, status=409)

    middleware.process_exception = process_exception
    return middleware

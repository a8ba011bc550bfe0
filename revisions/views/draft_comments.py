"""Talking about the draft before the sitting: opinions, and questions to be settled before adoption."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from people.access import actor, secretariat_only, signed_in
from plans.models import Edition
from plans.served import served_plan
from revisions.actions.commenting import comment_on_draft, settle_question
from revisions.forms.draft_comments import (
    CommentFilterForm,
    CommentForm,
    SettleForm,
    opened_comment,
)
from revisions.models import DraftComment
from revisions.queries.draft_comments import Topics, discussion
from revisions.rules import can_draft
from revisions.views.draft_loading import answered, draft_context, with_draft


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@with_draft(CommentForm)
def draft_comments(request: HttpRequest, draft: Edition) -> HttpResponse:
    topics = Topics(draft)
    page = partial(_page, request, draft, topics)
    if request.method != "POST":
        return page()
    form = CommentForm(request.POST, topics=topics)
    return answered(form, page, partial(_say, request, draft))


def _say(request: HttpRequest, draft: Edition, form: CommentForm) -> HttpResponse:
    topic, typed = form.topic, form.cleaned_data
    comment_on_draft(
        draft=draft,
        focus_item=topic.focus_item,
        place=topic.place,
        text=typed["comment"],
        is_question=typed["is_question"],
        by=actor(request),
    )
    said = "質問" if typed["is_question"] else "意見"
    messages.success(request, f"{topic.label}への{said}を載せました。")
    return redirect(f"{reverse('draft_comments')}?{urlencode({'place': topic.value})}")


def _page(
    request: HttpRequest,
    draft: Edition,
    topics: Topics,
    form: CommentForm | None = None,
    now: None = None,
) -> HttpResponse:
    wish = CommentFilterForm(request.GET, topics=topics)
    opened = opened_comment(draft.mark, wish.topic)
    talk = discussion(draft, topic=wish.topic, only_open=wish.shows_open_only, topics=topics)
    context = {
        **draft_context("意見・質問"),
        "draft": draft,
        "talk": talk,
        "wish": wish,
        "form": form or CommentForm(initial=opened, topics=topics),
        "can_settle": can_draft(actor(request)),
    }
    return render(request, "revisions/draft_comments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
@with_draft(SettleForm)
def draft_comment_settle(request: HttpRequest, draft: Edition, comment_id: int) -> HttpResponse:
    comments = draft.comments.select_related("focus_item")
    comment = comments.filter(pk=comment_id, is_question=True).first()
    if comment is None:
        raise Http404(f"{draft.name}に、この質問はありません。")
    page = partial(_settle_page, request, draft, comment)
    if request.method != "POST":
        return page(SettleForm(initial={"opened_edition": draft.mark}))
    return answered(SettleForm(request.POST), page, partial(_settle, request, comment))


def _settle(request: HttpRequest, comment: DraftComment, form: SettleForm) -> HttpResponse:
    settle_question(comment=comment, settlement=form.cleaned_data["settlement"], by=actor(request))
    messages.success(request, "質問を解決済みにしました。")
    return redirect("draft_comments")


def _settle_page(
    request: HttpRequest, draft: Edition, comment: DraftComment, form: SettleForm, now: None = None
) -> HttpResponse:
    comment.refresh_from_db()
    context = {
        **draft_context("質問を解決する"),
        "draft": draft,
        "comment": comment,
        "topic": Topics(draft).of(comment),
        "form": form,
    }
    return render(request, "revisions/draft_comment_settle.html", context)


@require_safe
@signed_in
def edition_comments(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Show what was said of an edition while it was a draft, adopted or given up since."""
    edition = get_object_or_404(
        Edition.objects.select_related("plan", "base"), pk=edition_id, plan=served_plan(request)
    )
    if edition.is_draft:
        return redirect("draft_comments")
    above = [("版と改定", reverse("edition_list")), (edition.name, edition.get_absolute_url())]
    context = {
        "nav": "editions",
        "crumbs": [*above, ("案への意見・質問", "")],
        "draft": edition,
        "talk": discussion(edition),
    }
    return render(request, "revisions/draft_comments_kept.html", context)

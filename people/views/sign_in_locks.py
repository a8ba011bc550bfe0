"""Who is refused at the sign-in page now, and lifting that with a reason. For the 事務局."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.access import actor, secretariat_only
from people.actions.sign_in import unlock
from people.counted_tries import locks_standing
from people.forms import UnlockForm
from people.lock_out import Lock
from people.models import User

NAME, ADDRESS = "name", "address"


@dataclass(frozen=True)
class ToldLock:
    """A lock as the page tells it; `owner` is empty where nobody has that name."""

    lock: Lock
    owner: str

    @property
    def key(self) -> tuple[str, str]:
        """Return what is lifted with it: everything of a name, or everything of an address."""
        who = self.lock.who
        return (NAME, who.username) if who.username else (ADDRESS, who.address)

    @property
    def value(self) -> str:
        return ":".join(self.key)

    @property
    def label(self) -> str:
        kind, what = self.key
        return f"ユーザー名「{what}」" if kind == NAME else f"接続元 {what}"


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def lock_list(request: HttpRequest) -> HttpResponse:
    told = _told()
    choices = list(dict.fromkeys((one.value, one.label) for one in told))
    form = UnlockForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        _lift(form, actor(request))
        labels = dict(choices)
        what = "、".join(labels[value] for value in form.cleaned_data["chosen"])
        messages.success(request, f"{what}の停止を解除しました。")
        return redirect("lock_list")
    context = {"crumbs": [("ログインの停止", "")], "form": form, "locks": told}
    return render(request, "people/lock_list.html", context)


def _told() -> list[ToldLock]:
    locks = locks_standing()
    names = {lock.who.username for lock in locks}
    owners = {user.username: user.display_name for user in User.objects.filter(username__in=names)}
    return [ToldLock(lock, owners.get(lock.who.username, "")) for lock in locks]


@transaction.atomic
def _lift(form: UnlockForm, by: User) -> None:
    for value in form.cleaned_data["chosen"]:
        kind, _, what = value.partition(":")
        reason = form.cleaned_data["reason"]
        if kind == NAME:
            unlock(username=what, reason=reason, by=by)
        else:
            unlock(address=what, reason=reason, by=by)

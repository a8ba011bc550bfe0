"""Asking once more about what is unusual and may still be meant (rule A4)."""

from django import forms

TICK = "asked_again"


class AsksAgain(forms.Form):
    """A form that takes something unusual only with a tick, which holds for just that.

    `clean` calls `ask_again`; the field is there only then. A template writes
    `{% if form.asks_again %}{% include "components/_field.html" with field=form.asked_again %}{% endif %}`.
    """

    @property
    def asks_again(self) -> bool:
        return TICK in self.fields

    def ask_again(self, about: str, question: str, *, label: str) -> None:
        """Ask for a tick, unless it was given for `about`: what is asked about, in a form that differs when it does.

        `question` says what is unusual, `label` what the tick affirms. At most once in a form.
        """
        is_ticked = self.data.get(self.add_prefix(TICK)) == about
        box = forms.CheckboxInput(attrs={"value": about}, check_test=lambda _: is_ticked)
        self.fields[TICK] = forms.CharField(label=label, required=False, widget=box)
        if not is_ticked:
            self.add_error(TICK, question)

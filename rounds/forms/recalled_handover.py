"""What is asked of those who call a planned handover off, or move it."""

from django import forms

from initiatives.forms.recalling import RecallForm


class HandoverRecallForm(RecallForm):
    """Why a handover is called off or moved; `seen` is what stood of it when the form was opened (G4)."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

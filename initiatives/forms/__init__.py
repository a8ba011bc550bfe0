"""What is asked of people who record progress and who assign departments."""

from initiatives.forms.departments import DepartmentsForm
from initiatives.forms.progress import AsOfForm, CorrectionForm, ProgressForm, UnchangedForm

__all__ = ["AsOfForm", "CorrectionForm", "DepartmentsForm", "ProgressForm", "UnchangedForm"]

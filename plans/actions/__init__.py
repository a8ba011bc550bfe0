"""Changes to the plan's text. What a change means for progress, and its reasons, are the business of the apps above."""

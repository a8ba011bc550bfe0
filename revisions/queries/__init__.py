"""Page-shaped reads of drafts on their way to adoption, and of what a revision changed."""

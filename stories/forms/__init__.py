"""What people type about a story, checked."""

from stories.forms.story import StoryForm

__all__ = ["StoryForm"]

"""Addresses of stories. Every change of state is a resource of its own, changed by a POST."""

from django.urls import path

from stories.views import (
    actions,
    cheers,
    compose,
    editing,
    feed,
    mine,
    person,
    photo,
    picker,
    proposal,
    reports,
    story,
    team,
    versions,
    voices,
)
from stories.views.review import bulk, deciding, page, undoing

# What reviewers do, by the verbs of history.
DECISIONS = (
    ("publishing", "publish", "story_publish"),
    ("sending-back", "send back", "story_send_back"),
    ("hiding", "hide", "story_hide"),
    ("unhiding", "unhide", "story_unhide"),
    ("keeping", "keep", "story_keep"),
    ("featuring", "feature", "story_feature"),
    ("unfeaturing", "unfeature", "story_unfeature"),
    ("look", "look", "story_look"),
    ("handing-over", "hand over", "story_hand_over"),
)

urlpatterns = [
    path("", feed.feed, name="feed"),
    path("stories/news/", feed.news, name="feed_news"),
    path("stories/mine/", mine.mine, name="mine"),
    path("stories/new/", compose.compose, name="compose"),
    path("stories/new/draft/", compose.draft, name="compose_draft"),
    path("stories/new/people/", picker.people, name="compose_people"),
    path("stories/<slug:ref>/", story.story, name="story"),
    path("stories/<slug:ref>/photo/", photo.story_photo, name="story_photo"),
    path("stories/<slug:ref>/editing/", editing.edit, name="story_edit"),
    path("stories/<slug:ref>/versions/", versions.versions, name="story_versions"),
    path("stories/<slug:ref>/proposal/", proposal.proposal, name="story_proposal"),
    path("stories/<slug:ref>/proposal/photo/", proposal.photo, name="story_proposal_photo"),
    path(
        "stories/<slug:ref>/proposal/publishing/", proposal.publish, name="story_proposal_publish"
    ),
    path(
        "stories/<slug:ref>/proposal/sending-back/",
        proposal.send_back,
        name="story_proposal_send_back",
    ),
    path(
        "stories/<slug:ref>/proposal/withdrawal/",
        proposal.take_back,
        name="story_proposal_take_back",
    ),
    path("stories/<slug:ref>/agreement/", actions.agree, name="story_agree"),
    path(
        "stories/<slug:ref>/agreement/without-photo/",
        actions.agree_without_photo,
        name="story_agree_without_photo",
    ),
    path("stories/<slug:ref>/privacy/", actions.keep_private, name="story_keep_private"),
    path("stories/<slug:ref>/rewriting/", actions.rewrite, name="story_rewrite"),
    path("stories/<slug:ref>/withdrawal/", actions.withdraw, name="story_withdraw"),
    *[
        path(f"stories/<slug:ref>/{address}/", deciding.decide, {"verb": verb}, name=name)
        for address, verb, name in DECISIONS
    ],
    path("stories/<slug:ref>/undoing/", undoing.undo, name="story_undo"),
    path("stories/<slug:ref>/report/", reports.report, name="story_report"),
    path("stories/<slug:ref>/cheers/<slug:kind>/", cheers.cheer, name="cheer"),
    path("stories/<slug:ref>/voice/", voices.voice, name="story_voice"),
    path("stories/<slug:ref>/voice/editing/", voices.edit, name="story_voice_edit"),
    path("stories/<slug:ref>/voice/withdrawal/", voices.take_back, name="story_voice_withdraw"),
    path("stories/<slug:ref>/voices/<slug:person>/hiding/", voices.hide, name="story_voice_hide"),
    path(
        "stories/<slug:ref>/voices/<slug:person>/unhiding/",
        voices.unhide,
        name="story_voice_unhide",
    ),
    path("people/<slug:ref>/", person.person, name="person"),
    path("review/", page.review, name="review"),
    path("review/publishing/", bulk.publish, name="review_publish"),
    path("review/looking/", bulk.look, name="review_look"),
    path("review/undoing/", undoing.undo_several, name="review_undo"),
    path("team/", team.team, name="team"),
    path("team/sheet/", team.sheet, name="team_sheet"),
]

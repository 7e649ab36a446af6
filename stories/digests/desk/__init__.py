"""What culture leads do with an edition, and what they see of it.

Verbs are plain functions: each one transaction that holds the edition, and one row of history.
Who may call them is for the view to ask (stories.digests.access).
"""

"""The review page: what waits for a reviewer, list by list, and one story of it at a time."""

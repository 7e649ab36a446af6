"""The review page: who finds it, what each list holds, and the story that is open."""

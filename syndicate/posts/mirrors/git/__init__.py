"""A site that lives in a Git repository: the files of its last commit, and nothing of the repository."""

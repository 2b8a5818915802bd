"""Who reads: subscribers, their subscriptions and consent, tokens, suppression, and what each is owed."""

"""The lexicon: offer a phrase from the counter; the committee says what it means, tries, publishes, takes back."""

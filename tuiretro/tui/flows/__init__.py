"""What happens between a key and the store: questions to the person, one use case, and the way back."""

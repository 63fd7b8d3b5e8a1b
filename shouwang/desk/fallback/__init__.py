"""What is left when the system is gone: the last board on paper and in each desk's browser, cards, and the way back."""

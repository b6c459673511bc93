"""The steps where the person mostly reads: welcome, privacy, documents, messages."""

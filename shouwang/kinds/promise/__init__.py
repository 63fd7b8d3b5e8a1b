"""承诺: somebody was told that something will be done, and until when."""

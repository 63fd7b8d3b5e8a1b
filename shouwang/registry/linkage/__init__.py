"""Residents who may be one person twice: looked for by a job, judged by the officer of their ground."""

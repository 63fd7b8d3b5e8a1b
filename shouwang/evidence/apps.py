from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "shouwang.evidence"
    label = "evidence"

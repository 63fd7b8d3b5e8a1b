from shouwang.evidence.models.evidence import Evidence
from shouwang.evidence.models.files import Copy, Original
from shouwang.evidence.models.upload import Upload, UploadPart

__all__ = ["Copy", "Evidence", "Original", "Upload", "UploadPart"]

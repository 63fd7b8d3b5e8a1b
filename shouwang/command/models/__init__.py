from shouwang.command.models.linkage import Answer, Branch, BranchDesk, LinkageRequest, LinkageRule
from shouwang.command.models.video import Camera, CameraOwner, ClipRequest, ClipState, RoundPurpose, VideoRound

__all__ = [
    "Answer", "Branch", "BranchDesk", "Camera", "CameraOwner", "ClipRequest", "ClipState", "LinkageRequest",
    "LinkageRule", "RoundPurpose", "VideoRound",
]  # fmt: skip

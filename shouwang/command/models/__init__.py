from shouwang.command.models.linkage import Answer, Branch, BranchDesk, LinkageRequest, LinkageRule

__all__ = ["Answer", "Branch", "BranchDesk", "LinkageRequest", "LinkageRule"]

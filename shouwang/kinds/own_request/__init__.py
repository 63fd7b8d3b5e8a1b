"""本人信息申请: a person asks about what is held of him: to put right, to object, to delete, to say why."""

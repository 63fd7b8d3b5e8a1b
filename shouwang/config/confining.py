"""Giving up the right to open some paths, for this process and its children, for ever: Landlock, without an account.

Landlock only knows what stays allowed. So everything beside the way down to a hidden path is allowed, and nothing on
it. Looking into folders and making files stay as they were; others' memory cannot be looked into either.
Where the kernel is older, or Landlock is off, nothing is given up, and the log says so.
"""

import ctypes
import logging
import os
from collections.abc import Iterable
from pathlib import Path

log = logging.getLogger(__name__)
CREATE, ADD, RESTRICT = 444, 445, 446  # the system calls, the same on every machine
NO_NEW_PRIVILEGES = 38
VERSION, PATH_BENEATH = 1, 1
WRITE, READ, REMOVE_FILE, REFER, TRUNCATE = 1 << 1, 1 << 2, 1 << 5, 1 << 13, 1 << 14
ON_FILES = READ | WRITE | TRUNCATE  # what can be said of one file


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled", ctypes.c_uint64),)


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def confine(hidden: Iterable[str]) -> bool:
    """Whether these paths are out of reach from now on."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION))
    if version < 1:
        log.warning("This kernel cannot confine processes (Landlock); keys are kept apart by their files alone.")
        return False
    handled = READ | WRITE | REMOVE_FILE | (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    ruleset = _Ruleset(handled)
    descriptor = libc.syscall(CREATE, ctypes.byref(ruleset), ctypes.c_size_t(ctypes.sizeof(ruleset)), 0)
    _refuse(descriptor)
    try:
        for path in beside([Path(one) for one in hidden]):
            _allow(libc, descriptor, path, handled)
        _refuse(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _refuse(libc.syscall(RESTRICT, descriptor, 0))
    finally:
        os.close(descriptor)
    return True


def beside(hidden: Iterable[Path]) -> list[Path]:
    """Everything that is neither a hidden path nor on the way down to one. A link counts where it leads."""
    closed = {path.resolve() for path in hidden}
    way = {parent for path in closed for parent in path.parents}
    return [entry for folder in sorted(way) if folder.is_dir() for entry in sorted(folder.iterdir())
            if entry not in way and entry not in closed and not entry.is_symlink()]  # fmt: skip


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # gone meanwhile, or not ours: then it stays closed
    try:
        rule = _Rule(rights if path.is_dir() else rights & ON_FILES, descriptor)
        libc.syscall(ADD, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)


def _refuse(answer: int) -> None:
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"this process could not be confined: {os.strerror(code)}")

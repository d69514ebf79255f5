"""Keeping the store: backups, restoring one, and whether what is in it hangs together."""

from knowledge.keeping.backups import (
    Backup,
    backup_if_due,
    list_backups,
    make_backup,
    restore_backup,
)
from knowledge.keeping.checking import Problem, check_store

__all__ = [
    "Backup",
    "Problem",
    "backup_if_due",
    "check_store",
    "list_backups",
    "make_backup",
    "restore_backup",
]

"""Why a backup is not made, not believed or not restored, in words for whoever runs the command."""


class BackupError(Exception):
    """The message is a whole sentence and says what to do."""


class WrongKey(BackupError):
    pass


class NotWhole(BackupError):
    """The file is no backup of ours, or not all of one."""


class CannotRestore(BackupError):
    """The backup is good; this place is not ready for it. Nothing has been changed."""

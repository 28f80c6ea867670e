"""Everything the autograder raises on purpose.

AutograderError
├── UsageError                 the command or its arguments are wrong            exit code 2
├── UnreadableSubmission       this notebook cannot be read                      blame: student
├── CourseError                the course's own files are wrong                  blame: course
├── PlatformError              the machine failed us                             blame: platform
│   └── SandboxUnavailable     the wanted isolation does not exist here
└── StudentError               what a check learns about the student's code      blame: student
    ├── CheckFailed            a property of the answer does not hold
    ├── MissingName            the notebook does not define a name
    ├── StudentRaised          the student's code raised an exception
    ├── BadReply               the student's process broke the protocol
    └── GuestStopped           the student's process is gone
        ├── Crashed            it ended by itself
        ├── TimedOut           it used up its time
        ├── OutOfMemory        … its memory
        ├── TooManyProcesses   … its processes and threads
        ├── TooMuchOutput      … its output
        └── OutOfDisk          … its disk

Messages are sentences; those of `StudentError` are read by students, so they never hold hidden values.
"""

from __future__ import annotations


class AutograderError(Exception):
    """Base of every error raised on purpose."""


class UsageError(AutograderError):
    """The command line or an argument is wrong; the message says what to type instead."""


class UnreadableSubmission(AutograderError):
    """A submitted notebook cannot be read; the message says what is wrong with the file."""


class CourseError(AutograderError):
    """The course's own files are wrong: settings, release, reference or grader."""


class PlatformError(AutograderError):
    """The machine, not the student or the course, failed."""


class SandboxUnavailable(PlatformError):
    """The wanted level of isolation does not exist on this machine."""


class StudentError(AutograderError):
    """Something a check learnt about the student's code."""


class CheckFailed(StudentError):
    """A property that the check asks for does not hold.

    Parameters
    ----------
    problem : str
        What broke, as a sentence for the student.
    hint : str
        What to look at, if there is something general to say.
    """

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(f"{problem} {hint}".strip())
        self.problem = problem
        self.hint = hint


class MissingName(StudentError):
    """The notebook does not define a name that the check needs."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`{name}` is not defined after the notebook has run from top to bottom. "
            "Define it under exactly this name, and check that its cell runs without an error."
        )
        self.name = name


class StudentRaised(StudentError):
    """The student's code raised; type and text are the guest's claims.

    Parameters
    ----------
    call : str
        What was called, as source (without hidden arguments).
    type_name : str
        Name of the exception's class.
    text : str
        `str(exception)` as the guest reports it.
    bases : tuple[str, ...]
        Names of the builtin classes it derives from.
    line : str
        Where in the student's own cell it was raised, if known.
    """

    def __init__(
        self, call: str, type_name: str, text: str, bases: tuple[str, ...] = (), line: str = ""
    ) -> None:
        super().__init__(f"{call} raised {type_name}.")
        self.call = call
        self.type_name = type_name
        self.text = text
        self.bases = bases
        self.line = line


class BadReply(StudentError):
    """The guest sent something that is no answer: a forged, torn, oversized or malformed frame."""


class GuestStopped(StudentError):
    """The student's process no longer answers."""


class Crashed(GuestStopped):
    """The student's process ended by itself."""


class TimedOut(GuestStopped):
    """The student's code used up its time."""


class OutOfMemory(GuestStopped):
    """The student's code used up its memory."""


class TooManyProcesses(GuestStopped):
    """The student's code started too many processes or threads."""


class TooMuchOutput(GuestStopped):
    """The student's code printed more than is kept."""


class OutOfDisk(GuestStopped):
    """The student's code wrote more than its disk holds."""

"""An automated grader for notebooks on machine learning and HPC whose marks can be trusted."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("mlhpc-autograder")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__"]

"""Settings of nbgrader, so that its own commands and JupyterLab's formgrader work in this folder.

The hidden graders are not nbgrader's: `autograder grade` runs them.
"""

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "mlhpc"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.db_url = "sqlite:///gradebook.db"

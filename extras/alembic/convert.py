"""Writes the revisions of an Alembic project as SQL files, one for each.

    python convert.py [-c alembic.ini] [-n NAME] [-x ARGUMENT] [--to DIRECTORY]

Runs where Alembic runs for the project, with its `alembic.ini` and `env.py`, and asks each revision for
its SQL as `alembic upgrade --sql` does: no database is connected to. The files get the ids, parents,
labels, dependencies, messages and dates that Alembic knows, and stand in DIRECTORY, or beside Alembic's
own. Files that are there already are left as they are.

What a revision does in Python with rows that it reads, or by asking the database what is there, has no
SQL: such a section says so, and has to be written by hand. Ends with 1 when there is one.
"""

import argparse
import inspect
import io
import logging
import re
import sys
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

BEGIN = re.compile(r"(BEGIN|START TRANSACTION)( TRANSACTION)?;")
WORD = re.compile(r"\W+")


def section(config, script, revision, direction):
    """What a revision says in one direction, as Alembic's offline mode prints it, and what went wrong."""
    printed = io.StringIO()
    said, wrong = "", None

    def run(heads, context):
        # The revision alone, so that nothing of Alembic's own stands around it.
        nonlocal said, wrong
        begin = printed.tell()
        try:
            getattr(revision.module, direction)()
        except Exception as error:  # Whatever a revision of somebody else raises.
            wrong = " ".join(str(error).split()) or type(error).__name__
        said = printed.getvalue()[begin:]
        # For such drivers SQLAlchemy doubles what they would take for a parameter.
        if context.dialect.paramstyle in ("format", "pyformat"):
            said = said.replace("%%", "%")
        return []

    with EnvironmentContext(
        config,
        script,
        fn=run,
        as_sql=True,
        starting_rev=revision.revision,
        output_buffer=printed,
    ):
        script.run_env()
    text = said
    if "autocommit_block" in inspect.getsource(revision.module):
        text = outside_transactions(said)
    # In our files this is the mark of the prefix.
    text = text.strip().replace("{prefix}", "{{prefix}}")
    if wrong is not None:
        text = f"{text}\n\n-- migrate: irreversible to be written by hand: {wrong[:120]}".strip()
    return text, wrong


def outside_transactions(text):
    """What stood in an `autocommit_block` gets the directive that says so."""
    lines, is_outside = [], False
    for line in text.splitlines():
        if line == "COMMIT;" or BEGIN.fullmatch(line):
            is_outside = line == "COMMIT;"
        elif is_outside and line and (not lines or not lines[-1]):
            lines += ["-- migrate: autocommit", line]
        elif line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)


def header(revision):
    """What Alembic knows of a revision, as comments."""
    message = (revision.doc or "").strip() or "empty message"
    created = re.search(r"^Create Date: *(.+)$", revision.longdoc or "", re.MULTILINE)
    fields = [
        ("Revision ID", [revision.revision]),
        ("Revises", listed(revision.down_revision)),
        ("Create Date", [created.group(1).strip()] if created else []),
        ("Branch Labels", listed(getattr(revision.module, "branch_labels", None))),
        ("Depends On", listed(revision.dependencies)),
    ]
    lines = [f"-- {' '.join(message.split())}", "--"]
    for name, values in fields:
        if values or name == "Revises":
            lines.append(f"-- {name}: {', '.join(values)}".rstrip())
    return "\n".join(lines)


def listed(value):
    """None, an id or several, as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def convert(config, script, directory):
    """Writes all files, into a directory or beside Alembic's; how many sections are to be written."""
    open_sections = 0
    for revision in reversed(list(script.walk_revisions())):
        slug = WORD.sub("_", revision.doc or "").strip("_").lower()[:40].rstrip("_")
        beside = directory or Path(revision.path).parent
        path = beside / f"{revision.revision}_{slug or 'revision'}.sql"
        there = sorted(beside.glob(f"{revision.revision}_*.sql"))
        if there:
            print(f"{there[0]}: is there already")
            continue
        up, missing_up = section(config, script, revision, "upgrade")
        down, missing_down = section(config, script, revision, "downgrade")
        parts = [header(revision), "-- migrate: upgrade", up, "-- migrate: downgrade", down]
        path.write_text("\n\n".join(it for it in parts if it) + "\n", encoding="utf-8")
        print(path)
        for words, missing in (("upgrade", missing_up), ("downgrade", missing_down)):
            if missing is not None:
                open_sections += 1
                print(f"  {words}: to be written by hand: {missing[:200]}")
    return open_sections


def main():
    about = __doc__.splitlines()[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("-c", "--config", default="alembic.ini", help="Alembic's ini")
    parser.add_argument("-n", "--name", default="alembic", help="section of the ini")
    parser.add_argument("-x", action="append", help="argument for env.py, as Alembic's -x")
    parser.add_argument("--to", type=Path, help="where to write; default: beside Alembic's own")
    arguments = parser.parse_args()
    if not Path(arguments.config).is_file():
        parser.error(f"there is no {arguments.config}: -c names Alembic's ini")
    config = Config(
        arguments.config,
        ini_section=arguments.name,
        cmd_opts=argparse.Namespace(x=arguments.x or []),
    )
    # What `env.py` logs of each revision says nothing here.
    logging.disable(logging.INFO)
    script = ScriptDirectory.from_config(config)
    if arguments.to is not None:
        arguments.to.mkdir(parents=True, exist_ok=True)
    sys.exit(1 if convert(config, script, arguments.to) else 0)


if __name__ == "__main__":
    main()

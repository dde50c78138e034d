"""Writes the revisions of an Alembic project as SQL files, one for each.

    python convert.py [-c alembic.ini] [-n NAME] [-x ARGUMENT] [--to DIRECTORY]

Runs where Alembic runs for the project, with its `alembic.ini` and `env.py`, and asks each revision for
its SQL as `alembic upgrade --sql` does: no database is connected to. The files get the ids, parents,
labels, dependencies, messages and dates that Alembic knows, and stand in DIRECTORY, or beside Alembic's
own. Files that are there already are left as they are.

What a revision does in Python with rows that it reads, or by asking the database what is there or
whether there is one, has no SQL: such a section says so, and has to be written by hand. Ends with 1 when
there is one, also in a file that was there already, and with 2 when it cannot go on.
"""

import argparse
import difflib
import json
import logging
import re
import sys
import textwrap
import traceback
import unicodedata
import warnings
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.ddl.sqlite import SQLiteImpl
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspection
from sqlalchemy.exc import CompileError, NoInspectionAvailable
from sqlalchemy.schema import DDLElement
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import ValuesBase
from sqlalchemy.sql.functions import FunctionElement

WORD = re.compile(r"\W+")
BY_HAND = "-- migrate: irreversible to be written by hand"
DIRECTIVE = re.compile(r"^([ \t]*--[ \t]*)(?=migrate[ \t]*:)", re.IGNORECASE | re.MULTILINE)
FIELDS = ("revision id", "revises", "create date", "branch labels", "depends on")
OFFLINE = "it asks whether Alembic only prints its SQL, and may do something else where it runs"

COMMENT = r"--[^\n]*|/\*.*?\*/"
QUOTED = r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$"""
TOKEN = re.compile(f"(?P<comment>{COMMENT})|{QUOTED}", re.DOTALL)
MYSQL_COMMENT = r"--(?=\s|$)[^\n]*|#[^\n]*|/\*.*?\*/"
MYSQL_QUOTED = r"""'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`[^`]*`"""
MYSQL_TOKEN = re.compile(f"(?P<comment>{MYSQL_COMMENT})|{MYSQL_QUOTED}", re.DOTALL)


class Record:
    """What a revision says in one direction, and what of it has no SQL."""

    def __init__(self, dialect):
        self.is_mysql = dialect.name in ("mysql", "mariadb")
        self.token = MYSQL_TOKEN if self.is_mysql else TOKEN
        self.statements = []
        # Why the section has to be written by hand, and what it says otherwise here.
        self.gaps = []
        self.remarks = []
        # The one around all revisions.
        self.open_transactions = 1

    def gap(self, error):
        """Keeps why something has no SQL; whoever raises may be caught by the revision."""
        words = " ".join(str(error).split()) or type(error).__name__
        if words not in self.gaps:
            self.gaps.append(words)

    def add(self, text):
        """Takes a statement, with the end and the directives that it needs in a file."""
        text = self.ended(self.token.sub(self.defused, text.strip()))
        # In our files this is the mark of the prefix.
        text = text.replace("{prefix}", "{{prefix}}")
        if text and self.open_transactions < 1:
            text = f"-- migrate: autocommit\n{text}"
        if self.is_mysql:
            self.remark(text)
        if text:
            self.statements.append(text)

    def ended(self, text):
        """The semicolon stands behind the statement and not in its last comment."""
        code = self.token.sub(lambda it: "" if it["comment"] else it[0], text).rstrip()
        if not code or code.endswith(";"):
            return text
        last = [it for it in self.token.finditer(text) if it.end() == len(text)]
        is_comment = bool(last) and last[0]["comment"] and not text.endswith("*/")
        return f"{text}\n;" if is_comment else f"{text};"

    def defused(self, token):
        """A comment or quoted text without the lines that would be directives of ours."""
        text = DIRECTIVE.sub("\\1\u00b7 ", token[0])
        if text != token[0] and not token["comment"]:
            self.gap("a text has a line that begins with `-- migrate:`")
        return text

    def remark(self, text):
        """What means something else in sessions with ANSI quotes and `||` joining texts."""
        outside = self.token.sub("", text)
        quoted = [it[0] for it in self.token.finditer(text) if it[0].startswith('"')]
        if "||" in outside:
            self.remarks.append("`||` joins texts here; where it means `OR`, write `OR`")
        if quoted:
            self.remarks.append(f"{quoted[0]} is a name here; write a text as '...'")

    def text(self):
        """The section."""
        parts = list(self.statements)
        if self.gaps:
            parts.append(f"{BY_HAND}: {shortened(self.gaps[0])}")
        return "\n\n".join(parts)


class Asked:
    """A part of Alembic that notices when anybody else asks whether it is offline."""

    @property
    def as_sql(self):
        asker = sys._getframe(1).f_globals.get("__name__", "")
        if asker.split(".")[0] not in ("alembic", "sqlalchemy"):
            self.record.gap(OFFLINE)
        return True


class Recorder(Asked):
    """The part that writes SQL, with all values in it."""

    def _exec(self, construct, execution_options=None, multiparams=None, params=None):
        try:
            for row in multiparams or [params or {}]:
                self.record.add(written(construct, row, self.dialect))
        except Exception as error:
            self.record.gap(error)
            raise

    def static_output(self, text):
        self.record.add(text)

    def emit_begin(self):
        self.record.open_transactions += 1

    def emit_commit(self):
        self.record.open_transactions -= 1

    # Alembic copies a table of SQLite, for which it has to read it; here `ALTER TABLE` does it.
    def requires_recreate_in_batch(self, batch_op):
        return False

    def add_constraint(self, const, **kw):
        self.altering().add_constraint(const, **kw)

    def drop_constraint(self, const, **kw):
        self.altering().drop_constraint(const, **kw)

    def altering(self):
        return super(SQLiteImpl, self) if isinstance(self, SQLiteImpl) else super()


class Exact:
    """The names of MySQL's types, with the digits without which ours are other types."""

    DIGITS = {"DATETIME": "(0)", "TIME": "(0)", "FLOAT": "(24)", "NUMERIC": "(10, 0)", "DECIMAL": "(10, 0)"}
    # As many signs of four bytes each as fit.
    DIGITS.update(TEXT="(16383)", BLOB="(65535)")

    def process(self, type_, **kw):
        text = super().process(type_, **kw)
        name = WORD.split(text)[0]
        digits = "" if text[len(name) :].startswith("(") else self.DIGITS.get(name, "")
        return f"{name}{digits}{text[len(name):]}"


class Connection:
    """What `op.get_bind()` gives: it writes statements and has no rows."""

    def execute(self, statement, parameters=None, *more, execution_options=None, **named):
        if parameters is None or isinstance(parameters, dict):
            rows = [parameters or named, *more]
        else:
            rows = [*parameters, *more]
        self.impl._exec(statement, multiparams=rows)
        return Result(self.record)

    def scalar(self, *_, **__):
        return self.__getattr__("scalar")

    def __getattr__(self, name):
        # Alembic itself looks for the one; Python for the others.
        if name != "in_transaction" and not name.startswith("__"):
            self.record.gap(f"it asks the database by `{name}` of the connection")
        raise AttributeError(name)


@inspection._inspects(Connection)
def inspected(connection):
    connection.record.gap("it asks the database what is there")
    raise NoInspectionAvailable("no database is connected to")


class Result:
    """What a statement gives back: nothing may be asked of it."""

    def __init__(self, record):
        self.record = record

    def __getattr__(self, name):
        self.record.gap(f"it uses the result of a statement by `{name}`")
        raise RuntimeError("no database is connected to")

    def rows(self, *_):
        self.record.gap("it uses the rows of a statement")
        raise RuntimeError("no database is connected to")

    def close(self):
        """Needs no rows."""

    __bool__ = __iter__ = __next__ = __len__ = __getitem__ = __contains__ = __enter__ = rows


def literal(base):
    """The compiler of a dialect, for all values that SQL can say."""

    class Literal(base):
        def render_literal_bindparam(self, bindparam, **kw):
            later = getattr(self, "_collected_params", None) or {}
            if "render_literal_value" not in kw and bindparam.key not in later:
                if bindparam.effective_value is None and bindparam.required:
                    raise CompileError(f"the parameter `{bindparam.key}` has no value")
                if bindparam.effective_value is None and bindparam.type.should_evaluate_none:
                    return self.render_literal_value(None, bindparam.type)
            return super().render_literal_bindparam(bindparam, **kw)

        def render_literal_value(self, value, type_):
            kind = type_.dialect_impl(self.dialect)
            if isinstance(kind, sa.JSON):
                if value is None and kind.none_as_null:
                    return "NULL"
                serializer = getattr(self.dialect, "_json_serializer", None) or json.dumps
                value = serializer(None if value is sa.JSON.NULL else value)
                return super().render_literal_value(value, sa.String())
            if isinstance(value, (bytes, bytearray, memoryview)):
                is_bytea = self.dialect.name == "postgresql"
                return f"'\\x{bytes(value).hex()}'" if is_bytea else f"X'{bytes(value).hex()}'"
            return super().render_literal_value(value, type_)

    return Literal


def written(construct, row, dialect):
    """The text of one statement, a row of parameters in their places."""
    if isinstance(construct, str):
        construct = sa.text(construct)
    if isinstance(construct, FunctionElement):
        construct = construct.select()
    if isinstance(construct, DDLElement):
        text = str(construct.compile(dialect=dialect))
        text = re.sub(r"^\t+", lambda it: "    " * len(it[0]), text, flags=re.MULTILINE)
    else:
        statement = filled(construct, row, dialect)
        compiled = statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        for name in compiled.bind_names.values():
            raise CompileError(f"the parameter `{name}` has no value")
        text = str(compiled)
    # For such drivers SQLAlchemy doubles what they would take for a parameter.
    return text.replace("%%", "%") if dialect.paramstyle in ("format", "pyformat") else text


def filled(statement, row, dialect):
    """A statement with its parameters, and with the values that a table's columns get by Python."""
    names = set()
    visitors.traverse(statement, {}, {"bindparam": lambda it: names.add(it.key)})
    if isinstance(statement, ValuesBase):
        columns = {name: value for name, value in row.items() if name not in names}
        if columns:
            statement = statement.values(columns)
        statement = with_defaults(statement, dialect)

    def fill(bind):
        if bind.key in row:
            bind.value, bind.callable, bind.required = row[bind.key], None, False
            if isinstance(bind.type, sa.types.NullType):
                values = bind.value if bind.expanding else [bind.value]
                bind.type = sa.literal(next(iter(values), None)).type

    return visitors.cloned_traverse(statement, {}, {"bindparam": fill})


def with_defaults(statement, dialect):
    """What SQLAlchemy would put in beside the values that are given."""
    compiled = statement.compile(dialect=dialect)
    defaults = [(it, it.default) for it in compiled.insert_prefetch]
    defaults += [(it, it.onupdate) for it in compiled.update_prefetch]
    for column, default in defaults:
        if not default.is_scalar:
            raise CompileError(f"a function in Python gives `{column}` its value")
        statement = statement.values({column: default.arg})
    return statement


def watched(part, kind, record):
    """Makes a part of Alembic one that keeps a record."""
    # Some versions keep them in the part itself.
    for name in dir(kind):
        part.__dict__.pop(name, None)
    part.record = record
    part.__class__ = type(kind.__name__, (kind, type(part)), {})


def section(config, script, revision, direction):
    """What a revision says in one direction, as Alembic's offline mode prints it."""
    record = None

    def run(heads, context):
        # The revision alone, so that nothing of Alembic's own stands around it.
        nonlocal record
        record = Record(context.dialect)
        context.dialect.statement_compiler = literal(context.dialect.statement_compiler)
        if context.dialect.name == "postgresql":
            # Without a server SQLAlchemy may take a backslash for what it was before 9.1.
            context.dialect._backslash_escapes = False
        if record.is_mysql:
            types = getattr(context.dialect, "type_compiler_instance", context.dialect.type_compiler)
            watched(types, Exact, record)
        context.connection.impl = context.impl
        watched(context.connection, Connection, record)
        watched(context.impl, Recorder, record)
        watched(context, Asked, record)
        try:
            getattr(revision.module, direction)()
        except Exception as error:  # Whatever a revision of somebody else raises.
            record.gap(error)
        return []

    def is_offline():
        # `env.py` may ask.
        if record is not None:
            record.gap(OFFLINE)
        return True

    environment = opened(config, script, run, revision.revision)
    environment.is_offline_mode = is_offline
    with environment:
        script.run_env()
    return record


def opened(config, script, run, start=None):
    """Alembic's environment, in which `env.py` calls `run`."""
    nowhere = Nowhere()
    options = {"as_sql": True, "starting_rev": start, "output_buffer": nowhere}
    return EnvironmentContext(config, script, fn=run, **options)


class Nowhere:
    """Where goes what Alembic prints around a revision."""

    def write(self, text):
        """Forgets it."""

    def flush(self):
        """Has nothing to write."""


def shortened(words):
    return textwrap.shorten(words, 200, placeholder=" ...")


def header(revision):
    """What Alembic knows of a revision, as comments."""
    message, text, created = described(revision)
    fields = [
        ("Revision ID", [revision.revision]),
        ("Revises", listed(revision.down_revision)),
        ("Create Date", [created] if created else []),
        ("Branch Labels", listed(getattr(revision.module, "branch_labels", None))),
        ("Depends On", listed(revision.dependencies)),
    ]
    lines = [text_line(message or "empty message"), "--"]
    if text:
        lines += [*map(text_line, text), "--"]
    for name, values in fields:
        if values or name == "Revises":
            lines.append(f"-- {name}: {', '.join(values)}".rstrip())
    return "\n".join(lines)


def described(revision):
    """The message, further lines and the date of a docstring, whose other fields Alembic knows."""
    lines = revision.longdoc.split("\n")
    created, at = None, 0
    for at, line in enumerate(lines):
        if line.strip() == f"Revision ID: {revision.revision}":
            break
    else:
        at = len(lines)
    end = at + 1
    while end < len(lines) and re.match(r"(Revises|Create Date|Branch Labels|Depends On):", lines[end]):
        name, value = lines[end].split(":", 1)
        created = value.strip() if name == "Create Date" else created
        end += 1
    message, _, text = ("\n".join(lines[:at] + lines[end:])).strip().partition("\n\n")
    return " ".join(message.split()), text.strip().split("\n") if text.strip() else [], created


def text_line(line):
    """A line of text, set in when it would read as a field or a directive."""
    line = "".join(it for it in line if unicodedata.category(it) != "Cc").strip()
    if DIRECTIVE.match(f"-- {line}"):
        return f"-- \u00b7 {line}"
    name, colon, _ = line.partition(":")
    if colon and difflib.get_close_matches(name.strip().lower(), FIELDS, 1, 0.7):
        return f"--   {line}"
    return f"-- {line}".rstrip()


def listed(value):
    """None, an id or several, as a list."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def written_before(directory):
    """The files of a directory that are revisions of ours, by their ids."""
    found = {}
    for path in sorted(directory.glob("*.sql")):
        head = re.split(r"^-- migrate:", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[0]
        field = re.search(r"^-- ?Revision ID:(.*)$", head, re.MULTILINE | re.IGNORECASE)
        if field:
            found[field.group(1).strip()] = path
    return found


def convert(config, script, directory):
    """Writes all files, into a directory or beside Alembic's; how many sections are to be written."""
    open_sections = 0
    before = {}
    for revision in reversed(list(script.walk_revisions())):
        beside = directory or Path(revision.path).parent
        if beside not in before:
            before[beside] = written_before(beside)
        there = before[beside].get(revision.revision)
        if there:
            print(f"{there}: is there already")
            count = there.read_text(encoding="utf-8").count(BY_HAND)
            if count:
                print(f"  to be written by hand: {count} of its sections")
            open_sections += count
            continue
        slug = WORD.sub("_", described(revision)[0]).strip("_").lower()[:40].rstrip("_")
        path = beside / f"{revision.revision}_{slug or 'revision'}.sql"
        up = section(config, script, revision, "upgrade")
        down = section(config, script, revision, "downgrade")
        parts = [header(revision), "-- migrate: upgrade", up.text(), "-- migrate: downgrade", down.text()]
        path.write_text("\n\n".join(it for it in parts if it) + "\n", encoding="utf-8")
        print(path)
        for words, record in (("upgrade", up), ("downgrade", down)):
            if record.gaps:
                open_sections += 1
                print(f"  {words}: to be written by hand: {shortened(record.gaps[0])}")
            for remark in record.remarks:
                print(f"warning: {path}: {words}: {remark}", file=sys.stderr)
    return open_sections


def settings(config, script, directory):
    """The lines of `[migration]` that say what Alembic's ini and `env.py` say."""
    found = {}

    def run(heads, context):
        found["version_table"] = context.version_table
        found["version_table_schema"] = context.version_table_schema
        return []

    with opened(config, script, run):
        script.run_env()
    here = Path(config.config_file_name).absolute().parent

    def named(path):
        path = Path(path).absolute()
        return f"%(here)s/{path.relative_to(here)}" if path.is_relative_to(here) else str(path)

    lines = ["[migration]", f"script_location = {named(script.dir)}"]
    locations = [directory] if directory else script._version_locations
    if directory or script.version_locations:
        lines.append("\n    ".join(["version_locations =", *map(named, locations)]))
    if found.get("version_table", "alembic_version") != "alembic_version":
        lines.append(f"version_table = {found['version_table']}")
    if found.get("version_table_schema"):
        lines.append(f"version_table_schema = {found['version_table_schema']}")
    return "\n".join(lines)


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
    warnings.formatwarning = lambda message, *_: f"warning: {' '.join(str(message).split())}\n"
    try:
        script = ScriptDirectory.from_config(config)
        lines = settings(config, script, arguments.to)
        if arguments.to is not None:
            arguments.to.mkdir(parents=True, exist_ok=True)
        open_sections = convert(config, script, arguments.to)
    except Exception as error:  # Whatever `env.py` and the files of somebody else raise.
        project = Path(arguments.config).absolute().parent
        print(f"error: {place(error, project)}{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(2)
    print(f"\nFor the ini, beside `url` in `[sqldb]`:\n\n{lines}")
    sys.exit(1 if open_sections else 0)


def place(error, project):
    """The last line of the project's own that was run, when something went wrong there."""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        path = Path(frame.f_code.co_filename)
        if project in path.parents and "site-packages" not in path.parts:
            return f"{path}:{line}: "
    return ""


if __name__ == "__main__":
    main()

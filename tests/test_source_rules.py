"""House rules that no linter knows (DESIGN 2, 6, 7, 9 and STYLE 6), read off the source by ast.

Ruff holds the rest: 40 statements a function (PLR0915), print (T20), relative imports (TID),
naive times (DTZ); import-linter holds the layers.
"""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from hbgz_desktop.model import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hbgz_desktop"
UI = PACKAGE / "ui"
LINE_LIMIT = 400
SKIPPED_FOLDERS = frozenset({"__pycache__", "build", "dist", "out", "work"})
DUMPING_GROUNDS = frozenset({"common", "helper", "helpers", "manager", "misc", "util", "utils"})
POSIX_ONLY = frozenset(
    {
        *("os.fork", "os.getuid", "os.geteuid", "os.getpgid", "os.killpg", "os.setsid", "os.chown"),
        *("os.statvfs", "os.sched_getaffinity", "os.pread", "os.pwrite", "os.fdatasync"),
        *("signal.SIGKILL", "signal.SIGHUP", "signal.SIGUSR1", "signal.SIGALRM", "signal.SIGSTOP"),
        *("socket.AF_UNIX", "socket.SO_REUSEPORT", "socket.TCP_QUICKACK"),
    }
)
POSIX_MODULES = frozenset({"fcntl", "grp", "pwd", "resource", "termios"})
NEVER = {
    "os.rename": "os.replace works on Windows too when the target exists",
    "os._exit": "only a failpoint may end a process like this",
}
# Where a broad except may stand (DESIGN 7): the outermost door of a thread, a DIMSE or web handler,
# an excepthook or run_task. Each must log; what gets there is a bug, and the program goes on.
DOORS = frozenset(
    {
        "hbgz_desktop/cli",
        "hbgz_desktop/dicom/dimse_handlers.py",
        "hbgz_desktop/dicom/header.py",  # pydicom raises anything at all on hostile bytes
        "hbgz_desktop/sandbox",
        "hbgz_desktop/services/committer.py",  # association threads must not wait for ever
        "hbgz_desktop/services/delivery_run.py",
        "hbgz_desktop/services/drop_watch.py",  # one poisonous file must not keep the others out
        "hbgz_desktop/services/image_fan.py",  # hands what it catches to the thread that waits
        "hbgz_desktop/services/result_recorder.py",  # the same
        "hbgz_desktop/services/worker.py",
        "hbgz_desktop/ui/application.py",
        "hbgz_desktop/ui/tasks.py",
    }
)
ENDS_PROCESS = frozenset({"hbgz_desktop/model/failpoints.py"})
PALETTE_FILES = frozenset({"palette.py"})
HEX_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
TEXT_SUFFIXES = frozenset(
    {".cfg", ".csv", ".json", ".lock", ".md", ".py", ".qss", ".svg", ".toml", ".ts", ".txt"}
)
# pieced together, so that this file does not break its own rule
MACHINE_PATHS = re.compile("|".join(f"/{name}/" for name in ("work", "farm", "root", "home")))
CROSSING = re.compile(r"\b(signals|bridge|worker)\.")


def _files(*folders: Path, suffixes: frozenset[str] = frozenset({".py"})) -> list[Path]:
    """Files of the project under the folders, generated ones left out."""
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in suffixes
        and path.is_file()
        and not path.name.endswith("_rc.py")
        and not any(
            part in SKIPPED_FOLDERS or part.startswith(".")
            for part in path.relative_to(ROOT).parts[:-1]
        )
    )


@cache
def _tree(path: Path) -> ast.Module:
    """The file as a tree whose nodes know their parents."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]  # ast keeps no parents of its own
    return tree


def _nodes(*folders: Path) -> Iterator[tuple[Path, ast.AST]]:
    for path in _files(*folders):
        for node in ast.walk(_tree(path)):
            yield path, node


def _at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


def _ancestors(node: ast.AST) -> Iterator[ast.AST]:
    while (parent := getattr(node, "parent", None)) is not None:
        yield parent
        node = parent


def _is_under(path: Path, allowed: frozenset[str]) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return any(name == entry or name.startswith(f"{entry}/") for entry in allowed)


def _asks_the_platform(node: ast.AST) -> bool:
    """Whether the use stands in a branch or function that looks at the system first."""
    scopes = (ast.If, ast.IfExp, ast.FunctionDef, ast.AsyncFunctionDef, ast.BoolOp)
    return any(
        asked in ast.unparse(scope)
        for scope in _ancestors(node)
        if isinstance(scope, scopes)
        for asked in ("sys.platform", "os.name", "hasattr(")
    )


def test_translated_text_is_a_literal() -> None:
    """lupdate copies ``tr(f"…")`` as it stands, and that never matches at run time."""
    found = [
        _at(path, node)
        for path, node in _nodes(PACKAGE)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id) == "tr"
        and not (
            node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        )
    ]
    assert found == []


def test_dialogs_are_opened_not_executed() -> None:
    """A nested event loop re-enters; only the application's own may run."""
    found = [
        _at(path, node)
        for path, node in _nodes(UI)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_"}
        and path.name != "application.py"
    ]
    assert found == []


def test_no_lambda_across_threads() -> None:
    """A lambda, partial or plain function runs in the emitter's thread, not the receiver's."""
    found = [
        _at(path, node)
        for path, node in _nodes(UI)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and CROSSING.search(ast.unparse(node.func.value) + ".")
        and any(
            isinstance(arg, ast.Lambda) or ast.unparse(arg).startswith(("partial(", "functools."))
            for arg in node.args
        )
    ]
    assert found == []


def test_files_are_short() -> None:
    """Over 400 lines a file holds two things; a migration is one list, and never changes."""
    sources = [*_files(PACKAGE, *map(ROOT.joinpath, ("bench", "resources", "tests", "installer")))]
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*sources, ROOT / "run.py"]
        if path.parent.name != "versions"
    }
    assert {name: lines for name, lines in lengths.items() if lines > LINE_LIMIT} == {}


def test_modules_are_named_for_what_they_hold() -> None:
    """``utils`` and its like are where code goes to be forgotten."""
    found = [
        path.relative_to(ROOT).as_posix()
        for path in _files(PACKAGE)
        for part in path.relative_to(PACKAGE).with_suffix("").parts
        if DUMPING_GROUNDS & set(part.split("_"))
    ]
    assert found == []


def test_posix_calls_stand_in_a_branch() -> None:
    """The program runs on Windows, which has none of these."""
    found = [
        f"{_at(path, node)} {ast.unparse(node)}"
        for path, node in _nodes(PACKAGE)
        if (isinstance(node, ast.Attribute) and ast.unparse(node) in POSIX_ONLY)
        or (isinstance(node, ast.Import) and any(a.name in POSIX_MODULES for a in node.names))
        if not _asks_the_platform(node)
    ]
    assert found == []


def test_calls_that_are_never_right() -> None:
    """What fails on Windows or skips every clean-up."""
    found = [
        f"{_at(path, node)} {ast.unparse(node)}: {NEVER[ast.unparse(node)]}"
        for path, node in _nodes(PACKAGE)
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in NEVER
        and not _is_under(path, ENDS_PROCESS)
    ]
    assert found == []


def test_broad_except_only_at_the_doors() -> None:
    """Anything caught elsewhere hides a bug; one that raises again hides nothing."""
    found = [
        _at(path, node)
        for path, node in _nodes(PACKAGE)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)) is not None
        )
        and not isinstance(node.body[-1], ast.Raise)
        and not _is_under(path, DOORS)
    ]
    assert found == []


def test_tests_never_sleep() -> None:
    """A test waits for a signal or a condition; a sleep is either too short or too long."""
    found = [
        _at(path, node)
        for path, node in _nodes(ROOT / "tests")
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep"}
    ]
    assert found == []


def test_colours_come_from_the_palette() -> None:
    """One theme from tokens (DESIGN 10)."""
    found = [
        f"{_at(path, node)} {node.value!r}"
        for path, node in _nodes(UI)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HEX_COLOUR.search(node.value)
        and path.name not in PALETTE_FILES
    ]
    assert found == []


def test_no_machine_paths() -> None:
    """Nothing in the project names a folder of the machine it was made on."""
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in _files(ROOT, suffixes=TEXT_SUFFIXES)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert found == []


def _error_classes() -> frozenset[str]:
    """HbgzError and its family, by their names in model/errors.py."""
    tree = _tree(PACKAGE / "model" / "errors.py")
    return frozenset(node.name for node in tree.body if isinstance(node, ast.ClassDef))


def _error_codes() -> dict[str, str]:
    """Every code that is raised, with one place that raises it."""
    classes = _error_classes()
    return {
        node.args[0].value: _at(path, node)
        for path, node in _nodes(PACKAGE)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in classes
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_error_code_has_its_texts() -> None:
    """Code and text are apart (DESIGN 7): a code without texts would be shown bare."""
    texts = tomllib.loads(
        (ROOT / "resources" / "texts" / "errors.zh.toml").read_text(encoding="utf-8")
    )
    wanted = {"title", "cause", "who", "next"}
    missing = {
        code: place
        for code, place in sorted(_error_codes().items())
        if not wanted <= {key for key, value in texts.get(code, {}).items() if value}
    }
    assert missing == {}
    assert {entry["who"] for entry in texts.values()} <= {"clerk", "it", "platform", "program"}


def test_error_codes_are_snake_case() -> None:
    """They are keys of files and of the event log."""
    assert [code for code in _error_codes() if not re.fullmatch(r"[a-z][a-z0-9_]*", code)] == []


def test_every_setting_says_what_it_is() -> None:
    """The settings page and ``hbgz config show`` read title and help from the field itself."""
    found = [
        f"{group.__name__}.{name}"
        for group in vars(settings).values()
        if isinstance(group, type) and issubclass(group, BaseModel) and group is not BaseModel
        for name, field in group.model_fields.items()
        if not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel))
        if not (field.title and field.description)
    ]
    assert found == []


def test_every_dependency_is_locked_with_hashes() -> None:
    """``run.py lock`` was run after the last change of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.split(r"[<>=!\[; ]", requirement, maxsplit=1)[0].lower() for requirement in asked]
    locked = {
        line.partition("==")[0] for line in lock.splitlines() if re.match(r"[a-z0-9][^ ]*==", line)
    }
    assert [name for name in names if name.replace("_", "-") not in locked] == []
    assert lock.count("--hash=sha256:") >= len(locked)
    assert "://" not in lock, "an index or a direct address got into the lock"

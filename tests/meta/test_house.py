"""The house rules that a reader of the code relies on, checked on the files themselves."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from geodata import errors

ROOT = Path(__file__).parents[2]
PACKAGES = ("geodata", "charters", "zones")
OWN = [ROOT / "app.py"] + [
    file for name in PACKAGES for file in sorted((ROOT / name).rglob("*.py"))
]

# Modules without a test file of their own, and why.
TESTED_THROUGH_OTHERS = (
    "geodata/reading",  # parts of one pipeline, tested through tables, importing and the faults
    "geodata/standards",  # parts of one validator, tested through checking, export and delivery
    "geodata/store/geopackage_tables.py",  # tested through geopackage
    "geodata/store/postgis_tables.py",  # tested through postgis
    "geodata/serving/configuration.py",  # writes the names of systems as OGC addresses
)
# The screen is tested as a whole: a module of widgets alone says nothing.
BY_THE_WHOLE_SCREEN = ("tests/test_app.py", "tests/browser/test_journey.py")
SCREEN = ("zones/ui/desk.py", "zones/ui/words.py", "zones/ui/components")

MACHINE = re.compile(r"(?<![\w.])/(work|home|root|tmp|mnt|Users)/\w|[A-Z]:\\\\?Users", re.ASCII)


def relative(path):
    """Path from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def in_any(path, places):
    """Whether a file is one of ``places`` or under one of them."""
    return any(path == place or path.startswith(f"{place}/") for place in places)


def text_files():
    """Files of the project that are text and no vendored code."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - the git of the machine
        cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    kinds = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".csv", ".js", ".css", ".json", ""}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in kinds and path.is_file() and "leaflet" not in path.parts:
            yield path


def test_every_module_has_a_test_file():
    """The tests mirror the tree, file for file."""
    missing = []
    for file in OWN:
        name = relative(file)
        if file.name == "__init__.py" or in_any(
            name, (*TESTED_THROUGH_OTHERS, *SCREEN, "zones/ui/views")
        ):
            continue
        stem = file.stem.strip("_")
        if not (ROOT / "tests" / Path(name).parent / f"test_{stem}.py").is_file():
            missing.append(name)
    assert [] == missing


def test_the_whole_screen_is_tested():
    """The modules of the screen that have no file of their own are run by these."""
    assert all((ROOT / name).is_file() for name in BY_THE_WHOLE_SCREEN)


def test_every_test_file_has_a_module():
    """A test file that tests nothing any more is taken away."""
    known = {
        (Path("tests") / Path(relative(file)).parent / f"test_{file.stem.strip('_')}.py").as_posix()
        for file in OWN
    }
    here = [
        relative(file) for name in PACKAGES for file in (ROOT / "tests" / name).rglob("test_*.py")
    ]
    stray = [name for name in here if name not in known]
    assert [] == [
        name for name in stray if not in_any(name.removeprefix("tests/"), TESTED_THROUGH_OTHERS)
    ]


def test_every_module_and_test_says_what_it_is_for():
    """Modules begin with a sentence; each test function has one."""
    for file in OWN:
        if file.read_text(encoding="utf-8").strip():
            assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), relative(file)
    for name in ("charters", "meta", "properties"):
        for file in (ROOT / "tests" / name).rglob("test_*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    assert ast.get_docstring(node), f"{relative(file)}: {node.name}"


def error_classes():
    """Every class of the error tree."""
    return [
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, errors.PlanningError)
    ]


@pytest.mark.parametrize("kind", error_classes(), ids=lambda kind: kind.__name__)
def test_every_error_is_used_and_tested(kind):
    """Each is a built-in too, is named by a module that may raise it, and by a test."""
    assert kind.__doc__
    if kind is not errors.PlanningError:
        builtin = [each for each in kind.__mro__ if each.__module__ == "builtins"]
        assert builtin[0] not in (Exception, BaseException, object)
    word = re.compile(rf"\b{kind.__name__}\b")
    source = ROOT / "geodata" / "errors.py"
    users = [file for file in OWN if file != source and word.search(file.read_text("utf-8"))]
    assert users
    tests = [
        file for file in (ROOT / "tests").rglob("test_*.py") if word.search(file.read_text("utf-8"))
    ]
    assert tests


def calls(file):
    """Names of the functions that a module calls, with the object for methods."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def imports(file):
    """Names of the modules that a module imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("file", OWN, ids=relative)
def test_nothing_is_evaluated(file):
    """No expression text is run: no eval, exec or compile; no query text of pandas; no pickle."""
    for node, name in calls(file):
        assert name not in {"eval", "exec", "compile", "__import__"}, (name, node.lineno)
        if name.endswith((".query", ".eval")):
            is_text = any(isinstance(each, ast.Constant | ast.JoinedStr) for each in node.args[:1])
            assert not is_text, (name, node.lineno)
        assert not name.endswith(("read_pickle", "to_pickle", "unsafe_load", "full_load"))
        assert name != "yaml.load"
        loaded = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
        assert loaded.get("allow_pickle", "False") == "False"
    banned = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"}
    assert not banned & {name.split(".")[0] for name in imports(file)}


def test_no_html_of_ours_goes_unescaped():
    """Streamlit's way round its own escaping is used nowhere."""
    word = "unsafe_allow_" + "html"
    assert [] == [relative(file) for file in text_files() if word in file.read_text("utf-8")]


def epsg_numbers(file):
    """Codes of reference systems in the code of a module; documents and help are no code."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    spoken = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(
            node
        ):
            spoken.add(node.body[0].value)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            spoken.add(node.value)  # the line below an attribute
        # what a reader sees: texts in two languages, help and examples of commands
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).split(".")[-1]
            if name in {"Text", "examples", "both"}:
                spoken.update(ast.walk(node))
            for keyword in node.keywords:
                if keyword.arg in {"help", "epilog"}:
                    spoken.update(ast.walk(keyword.value))
    for node in ast.walk(tree):
        if node in spoken or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if re.search(r"\b(EPSG|IGNF)\W{1,2}\d|\b(EPSG|IGNF):[A-Z]", node.value):
            yield node.lineno


def test_numbers_of_reference_systems_stand_in_one_file():
    """Outside ``geodata.crs`` only texts for a reader name a code."""
    found = {
        relative(file): list(epsg_numbers(file))
        for file in OWN
        if relative(file) != "geodata/crs.py" and not in_any(relative(file), TESTED_THROUGH_OTHERS)
    }
    assert {} == {name: lines for name, lines in found.items() if lines}
    assert list(epsg_numbers(ROOT / "geodata" / "crs.py"))


def test_no_file_names_a_machine():
    """No path of somebody's computer is left in a file."""
    found = []
    for file in text_files():
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if MACHINE.search(line) and file != Path(__file__):
                found.append(f"{relative(file)}:{number}")
    assert [] == found


@pytest.mark.parametrize("name", PACKAGES)
def test_each_package_has_a_short_readme(name):
    """At most 25 lines, its glossary apart, on what it must never import and how it is tested."""
    whole = (ROOT / name / "README.md").read_text(encoding="utf-8")
    text = whole.split("\n## Glossary", 1)[0]
    lines = text.splitlines()
    assert len(lines) <= 25
    assert "ever imports" in text
    assert "ests" in text

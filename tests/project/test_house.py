"""The house keeps its order: sizes, names and words that a reader relies on."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import glomex_cli

PACKAGE = Path(glomex_cli.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = [file for file in FILES if file.name != "__init__.py"]
# What every command module has, since the tree of commands asks for it by name.
OF_EACH_COMMAND = {"EXAMPLES", "register"}
LONGEST, LEAST_MEDIAN, MOST_MODULES = 260, 100, 190
WEAK_FIRST_WORDS = {"Give", "Gives", "Say", "Says", "Tell", "Tells"}
Documented = ast.FunctionDef | ast.ClassDef


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def names(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef))


def test_the_top_has_twelve_rooms_and_eight_modules_at_most() -> None:
    rooms = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    assert rooms == {
        "auth", "charts", "cli", "config", "dates", "http", "output", "reports", "sandbox",
        "services", "storage", "terminal",
    }  # fmt: skip
    assert len(list(PACKAGE.glob("*.py"))) <= 8


def test_no_file_is_long_and_few_are_short() -> None:
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in MODULES}
    assert [str(file) for file, count in lines.items() if count > LONGEST] == []
    assert median(lines.values()) >= LEAST_MEDIAN
    assert len(lines) <= MOST_MODULES


def test_no_public_name_is_defined_twice_outside_the_sandbox() -> None:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for file in MODULES:
        if "sandbox" not in file.relative_to(PACKAGE).parts[:-1]:
            for statement in tree(file).body:
                for name in names(statement):
                    homes[name].append(str(file.relative_to(PACKAGE)))
    twice = {name: where for name, where in homes.items() if len(where) > 1}
    assert {n: w for n, w in twice.items() if n[0] != "_" and n not in OF_EACH_COMMAND} == {}


def test_the_function_of_a_command_is_called_after_it() -> None:
    for file in (PACKAGE / "cli" / "commands").glob("*.py"):
        if file.name != "__init__.py":
            public = {each.name for each in tree(file).body if isinstance(each, ast.FunctionDef)}
            assert f"{file.stem}_command" in public


def test_a_public_docstring_begins_with_the_verb_of_what_happens() -> None:
    weak = [
        f"{file.name}: {each.name}"
        for file in MODULES
        for each in functions(file)
        if not each.name.endswith("_command")  # its first sentence is shown in the help
        and (ast.get_docstring(each) or "").split(" ")[0] in WEAK_FIRST_WORDS
    ]
    assert weak == []


def test_few_functions_take_the_context() -> None:
    takers = [
        each.name
        for file in MODULES
        for each in functions(file)
        if any(ast.unparse(arg.annotation or arg) == "Context" for arg in each.args.args)
        and "sandbox" not in file.relative_to(PACKAGE).parts[:-1]
    ]
    assert len(takers) <= 30
    below = [file for file in MODULES if "cli" not in file.relative_to(PACKAGE).parts[:-1]]
    assert [str(file) for file in below if "cli.context" in file.read_text("utf-8")] == []

"""The places in a file where a fault can be planted, each with one small change."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
_COUNTED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
    ast.Mod: ("%", "+"),
}
_TRUTH = {"True": "False", "False": "True"}
_LEFT_OUT = ("# pragma: no cover", "TypeVar(", "TypeAlias", "lru_cache(")


class Mutant(NamedTuple):
    """One change of a file: bytes `start` to `end` become `text`."""

    file: Path
    line: int
    start: int
    end: int
    text: str
    before: str
    function: str = ""  # "" where the code runs when the module is imported

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before!r} -> {self.text!r}"


def mutants_of(root: Path, file: Path) -> list[Mutant]:
    """Return every mutant of a file, in the order of its text."""
    source = (root / file).read_bytes()
    finder = _Finder(source)
    finder.visit(ast.parse(source))
    lines = source.decode().splitlines()
    found = {
        Mutant(file, line, start, end, text, source[start:end].decode(), function)
        for line, start, end, text, function in finder.found
        if not any(word in lines[line - 1] for word in _LEFT_OUT)
    }
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.text))


class _Finder(ast.NodeVisitor):
    def __init__(self, source: bytes) -> None:
        self.found: list[tuple[int, int, int, str, str]] = []
        self._source = source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._functions: list[str] = []

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )

    def _add(
        self, node: ast.expr | ast.stmt, text: str, span: tuple[int, int] | None = None
    ) -> None:
        start, end = span or self._span(node)
        function = self._functions[-1] if self._functions else ""
        self.found.append((node.lineno, start, end, text, function))

    def _swap(self, left: ast.expr, right: ast.expr, words: tuple[str, str]) -> None:
        """Change an operator between two operands."""
        start, end = self._span(left)[1], self._span(right)[0]
        at = self._source.find(words[0].encode(), start, end)
        if at >= 0:
            line = 1 + self._source.count(b"\n", 0, at)
            function = self._functions[-1] if self._functions else ""
            self.found.append((line, at, at + len(words[0]), words[1], function))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Look at what a function does; what stands at its head runs on import."""
        if any(
            isinstance(each, ast.Name) and each.id == "overload" for each in node.decorator_list
        ):
            return
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(default)
        self._functions.append(node.name)
        for statement in _without_docstring(node.body):
            self.visit(statement)
        self._functions.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Look at the body of a class, not at how it is made."""
        if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases):
            return
        for statement in _without_docstring(node.body):
            self.visit(statement)

    def visit_Module(self, node: ast.Module) -> None:
        """Leave out the docstring."""
        for statement in _without_docstring(node.body):
            self.visit(statement)

    def visit_If(self, node: ast.If) -> None:
        """Leave out what only a type checker or another system runs."""
        condition = ast.unparse(node.test)
        if condition == "TYPE_CHECKING" or "sys.platform" in condition:
            for statement in node.orelse:
                self.visit(statement)
            return
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Leave out the annotation."""
        if node.value is not None:
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Leave out types, such as the first argument of a cast."""
        if not (isinstance(node.value, ast.Name) and node.value.id in {"Annotated", "Literal"}):
            self.generic_visit(node)
            return
        for part in ast.walk(node.slice):
            if isinstance(part, ast.Call):
                self.visit(part)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Change how two values are compared."""
        operands = [node.left, *node.comparators]
        for left, operator, right in zip(operands, node.ops, node.comparators, strict=False):
            self._swap(left, right, _COMPARED[type(operator)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Change `and` to `or`, and the other way around."""
        words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._swap(left, right, words)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Change how two values are reckoned with, unless they are types or texts."""
        words = _COUNTED.get(type(node.op))
        is_text = any(
            isinstance(each, (ast.Constant, ast.JoinedStr)) and _is_text(each)
            for each in (node.left, node.right)
        )
        if words and not is_text:
            self._swap(node.left, node.right, words)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Leave out a `not`."""
        if isinstance(node.op, ast.Not):
            start, end = self._span(node)
            self._add(node, "bool(" + self._source[start + 3 : end].decode().strip() + ")")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Change a number, a truth or a text."""
        value = node.value
        if isinstance(value, bool):
            self._add(node, _TRUTH[str(value)])
        elif isinstance(value, (int, float)):
            self._add(node, f"({value!r} + 1)")
        elif isinstance(value, str) and value:
            start, end = self._span(node)
            if self._source[start:end].isascii():
                self._add(node, repr(f"{value}X"))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Look only at what a text with gaps is filled with."""
        for part in node.values:
            if isinstance(part, ast.FormattedValue) and self._is_placed(part.value):
                self.visit(part.value)

    def _is_placed(self, node: ast.expr) -> bool:
        """Return whether a node is where it says: before Python 3.12 some in texts are not."""
        start, end = self._span(node)
        try:
            found = ast.parse(self._source[start:end], mode="eval").body
        except (SyntaxError, ValueError):
            return False
        return ast.dump(found) == ast.dump(node)

    def visit_Return(self, node: ast.Return) -> None:
        """Return nothing instead of something."""
        if node.value is not None and not _is_nothing(node.value):
            self._add(node, "return None")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Leave out the type of a cast, and `strict` of `zip`, which guards against mistakes."""
        is_cast = isinstance(node.func, ast.Name) and node.func.id == "cast"
        named = [each for each in node.keywords if each.arg != "strict"]
        for each in node.args[1:] if is_cast else [node.func, *node.args, *named]:
            self.visit(each)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Leave out the words of what cannot happen."""
        if "AssertionError" not in ast.unparse(node):
            self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Leave out a call whose value nobody wants."""
        if isinstance(node.value, ast.Call):
            self._add(node, "pass")
        self.generic_visit(node)

    def visit_Break(self, node: ast.Break) -> None:
        """Go on instead."""
        self._add(node, "continue")

    def visit_Continue(self, node: ast.Continue) -> None:
        """Stop instead."""
        self._add(node, "break")


def _without_docstring(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not is_text:
            yield statement


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)


def _is_nothing(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in {None, False}

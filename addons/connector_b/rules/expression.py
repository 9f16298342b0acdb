"""Formulas for prices: `round_to(supplier_price * rate * 1.6, 0.90)`.

Read with Python's own parser and then translated node by node; what is not listed here does not
exist. No attribute, no index, no power, no call by another name, and a bounded size: a formula
cannot reach anything and cannot take long.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import StrEnum
from typing import Any, NamedTuple

from .expression_calls import CALLS
from .finding import Finding
from .problem import Code, Problem
from .targets import TARGETS, Kind

LONGEST = 500
MOST_NODES = 120
DEEPEST = 25

# Names besides those of targets: the currency's rate, and the cell of the formula's own column.
RATE = "rate"
VALUE = "value"

Values = Mapping[str, Any]
_Step = Callable[[Values], Any]

# Of its own: what another module set in the thread's context must not change a price.
_CONTEXT = Context(prec=28, Emax=999, Emin=-999, traps=[DivisionByZero, InvalidOperation, Overflow])


class Reason(StrEnum):
    SYNTAX = "syntax"
    TOO_LONG = "too_long"
    DECIMAL_COMMA = "decimal_comma"
    NOT_ALLOWED = "not_allowed"
    NAME_UNKNOWN = "name_unknown"
    FUNCTION_UNKNOWN = "function_unknown"
    ARGUMENTS = "arguments"
    TYPES = "types"
    NOT_A_PRICE = "not_a_price"


class ExpressionError(ValueError):
    """`position` counts from 0 in the text; `name` is the word that is at fault."""

    def __init__(self, reason: Reason, position: int = 0, name: str = "") -> None:
        super().__init__(f"{reason} at {position}: {name}")
        self.reason = reason
        self.position = position
        self.name = name

    def problem(self, target: str | None = None, text: str | None = None) -> Problem:
        params = {"reason": str(self.reason), "position": self.position, "name": self.name}
        return Problem(Code.EXPRESSION_INVALID, target, None, text, params)


class _Missing(Exception):
    """A value the formula needs is not in the row."""


class _Type(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"


class _Part(NamedTuple):
    step: _Step
    type: _Type


@dataclass(frozen=True)
class Expression:
    """`names` are the targets, `rate` or `value` it speaks of."""

    text: str
    names: frozenset[str]
    _run: _Step = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Expression:
        """Raises ExpressionError for what is no formula of a number."""
        reader = _Reader(text)
        part = reader.read()
        return cls(text, frozenset(reader.names), part.step)

    def evaluate(self, values: Values) -> Decimal | Finding | None:
        """None where a value it needs is missing: of nothing there is no price."""
        try:
            found: Decimal = self._run(values)
        except _Missing:
            return None
        except (DivisionByZero, InvalidOperation, Overflow) as error:
            division = isinstance(error, DivisionByZero) or "DivisionUndefined" in str(error)
            return Finding(
                Code.EXPRESSION_DIVISION_BY_ZERO if division else Code.EXPRESSION_OVERFLOW
            )
        return found


_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _CONTEXT.add,
    ast.Sub: _CONTEXT.subtract,
    ast.Mult: _CONTEXT.multiply,
    ast.Div: _CONTEXT.divide,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: lambda one, other: bool(one < other),
    ast.LtE: lambda one, other: bool(one <= other),
    ast.Gt: lambda one, other: bool(one > other),
    ast.GtE: lambda one, other: bool(one >= other),
    ast.Eq: lambda one, other: bool(one == other),
    ast.NotEq: lambda one, other: bool(one != other),
}


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self._nodes = 0

    def read(self) -> _Part:
        if len(self.text) > LONGEST:
            raise ExpressionError(Reason.TOO_LONG, LONGEST)
        try:
            tree = ast.parse(self.text.strip(), mode="eval")
        except SyntaxError as error:
            raise ExpressionError(Reason.SYNTAX, max((error.offset or 1) - 1, 0)) from None
        except (ValueError, RecursionError, MemoryError):
            raise ExpressionError(Reason.SYNTAX) from None
        part = self._part(tree.body, 0)
        if part.type is not _Type.NUMBER:
            raise ExpressionError(Reason.NOT_A_PRICE)
        return part

    def _part(self, node: ast.expr, depth: int) -> _Part:
        self._nodes += 1
        if self._nodes > MOST_NODES or depth > DEEPEST:
            raise self._error(Reason.TOO_LONG, node)
        readers: dict[type[ast.expr], Callable[[Any, int], _Part]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._binary,
            ast.BoolOp: self._boolean,
            ast.Compare: self._comparison,
            ast.IfExp: self._choice,
            ast.Call: self._call,
        }
        reader = readers.get(type(node))
        if reader is None:
            # "1,6" is two numbers to the parser, and a decimal comma to everybody here.
            comma = isinstance(node, ast.Tuple)
            raise self._error(Reason.DECIMAL_COMMA if comma else Reason.NOT_ALLOWED, node)
        return reader(node, depth + 1)

    def _constant(self, node: ast.Constant, depth: int) -> _Part:
        if isinstance(node.value, str):
            text = node.value.casefold()
            return _Part(lambda values: text, _Type.TEXT)
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self._error(Reason.NOT_ALLOWED, node)
        # From the text, not the float: 1.1 is 1.1.
        number = Decimal(repr(node.value))
        if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
            raise self._error(Reason.TOO_LONG, node)
        return _Part(lambda values: number, _Type.NUMBER)

    def _name(self, node: ast.Name, depth: int) -> _Part:
        name = node.id
        if name not in (RATE, VALUE) and name not in TARGETS:
            raise self._error(Reason.NAME_UNKNOWN, node, name)
        self.names.add(name)
        kind = TARGETS[name].kind if name in TARGETS else Kind.NUMBER
        if kind.is_number:
            return _Part(lambda values: _present(values.get(name)), _Type.NUMBER)
        if kind is Kind.FLAG:
            return _Part(lambda values: bool(values.get(name)), _Type.FLAG)
        if kind is Kind.DATE:
            raise self._error(Reason.NOT_ALLOWED, node, name)
        # A text that is not there equals no other: it needs no _Missing.
        return _Part(lambda values: (values.get(name) or "").casefold(), _Type.TEXT)

    def _unary(self, node: ast.UnaryOp, depth: int) -> _Part:
        part = self._part(node.operand, depth)
        if isinstance(node.op, ast.Not):
            step = self._typed(part, _Type.FLAG, node)
            return _Part(lambda values: not step(values), _Type.FLAG)
        step = self._typed(part, _Type.NUMBER, node)
        if isinstance(node.op, ast.USub):
            return _Part(lambda values: _CONTEXT.minus(step(values)), _Type.NUMBER)
        if isinstance(node.op, ast.UAdd):
            return part
        raise self._error(Reason.NOT_ALLOWED, node)

    def _binary(self, node: ast.BinOp, depth: int) -> _Part:
        operation = _ARITHMETIC.get(type(node.op))
        if operation is None:
            raise self._error(Reason.NOT_ALLOWED, node)
        one = self._typed(self._part(node.left, depth), _Type.NUMBER, node.left)
        other = self._typed(self._part(node.right, depth), _Type.NUMBER, node.right)
        return _Part(lambda values: operation(one(values), other(values)), _Type.NUMBER)

    def _boolean(self, node: ast.BoolOp, depth: int) -> _Part:
        steps = [self._typed(self._part(value, depth), _Type.FLAG, value) for value in node.values]
        if isinstance(node.op, ast.And):
            return _Part(lambda values: all(step(values) for step in steps), _Type.FLAG)
        return _Part(lambda values: any(step(values) for step in steps), _Type.FLAG)

    def _comparison(self, node: ast.Compare, depth: int) -> _Part:
        """A chain as Python has it: 1000 <= cost < 5000."""
        parts = [self._part(each, depth) for each in (node.left, *node.comparators)]
        operations = []
        for operator in node.ops:
            operation = _COMPARISONS.get(type(operator))
            if operation is None:
                raise self._error(Reason.NOT_ALLOWED, node)
            ordering = not isinstance(operator, ast.Eq | ast.NotEq)
            if ordering and parts[0].type is not _Type.NUMBER:
                raise self._error(Reason.TYPES, node)
            operations.append(operation)
        if len({part.type for part in parts}) != 1 or parts[0].type is _Type.FLAG:
            raise self._error(Reason.TYPES, node)
        steps = [part.step for part in parts]

        def compare(values: Values) -> bool:
            found = [step(values) for step in steps]
            return all(
                operation(one, other)
                for operation, one, other in zip(operations, found, found[1:], strict=False)
            )

        return _Part(compare, _Type.FLAG)

    def _choice(self, node: ast.IfExp, depth: int) -> _Part:
        test = self._typed(self._part(node.test, depth), _Type.FLAG, node.test)
        then, otherwise = self._part(node.body, depth), self._part(node.orelse, depth)
        if then.type is not otherwise.type:
            raise self._error(Reason.TYPES, node)
        return _Part(
            lambda values: then.step(values) if test(values) else otherwise.step(values),
            then.type,
        )

    def _call(self, node: ast.Call, depth: int) -> _Part:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
            raise self._error(Reason.ARGUMENTS, node, name)
        if name == "has":
            return self._has(node)
        call = CALLS.get(name)
        if call is None:
            raise self._error(Reason.FUNCTION_UNKNOWN, node, name)
        if not call.least <= len(node.args) <= call.most:
            raise self._error(Reason.ARGUMENTS, node, name)
        function = call.function
        steps = [self._typed(self._part(each, depth), _Type.NUMBER, each) for each in node.args]
        if call.constant_second and len(steps) == 2:
            second = self._constant_argument(node.args[1], steps[1])
            if not call.constant_second(second):
                raise self._error(Reason.ARGUMENTS, node.args[1], name)
        return _Part(lambda values: function(*[step(values) for step in steps]), _Type.NUMBER)

    def _constant_argument(self, node: ast.expr, step: _Step) -> Decimal:
        if not isinstance(node, ast.Constant | ast.UnaryOp):
            raise self._error(Reason.ARGUMENTS, node)
        try:
            number: Decimal = step({})
        except _Missing:
            raise self._error(Reason.ARGUMENTS, node) from None
        return number

    def _has(self, node: ast.Call) -> _Part:
        """`list_price if has(list_price) else cost * 2`."""
        argument = node.args[0] if len(node.args) == 1 else None
        if not isinstance(argument, ast.Name):
            raise self._error(Reason.ARGUMENTS, node, "has")
        name = argument.id
        self._name(argument, 0)
        return _Part(lambda values: values.get(name) is not None, _Type.FLAG)

    def _typed(self, part: _Part, wanted: _Type, node: ast.expr) -> _Step:
        if part.type is not wanted:
            raise self._error(Reason.TYPES, node)
        return part.step

    def _error(self, reason: Reason, node: ast.expr, name: str = "") -> ExpressionError:
        # Columns of the parser count bytes; a text before it may be Russian.
        line = self.text.strip().encode()
        before = len(line[: node.col_offset].decode(errors="ignore"))
        indent = len(self.text) - len(self.text.lstrip())
        return ExpressionError(reason, before + indent, name)


def _present(value: Any) -> Any:
    if value is None:
        raise _Missing
    return value

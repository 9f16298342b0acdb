"""Names alone in their rows, carried down to the goods below: a brand, a category, or both."""

from __future__ import annotations

# Of two rows in a row the upper is the category, the lower the brand in it.
BOTH = "category,brand"
# What such a row is usually called where it names goods and not their maker.
_CATEGORY_WORDS = (
    *("оправ", "линз", "очк", "раствор", "капл", "аксессуар", "футляр", "салфет", "контакт"),
    *("солнц", "лекал", "оборуд", "frames", "lens", "sunglass", "accessor"),
)


def is_category(name: str) -> bool:
    folded = name.casefold()
    return any(word in folded for word in _CATEGORY_WORDS)


def targets_of(group_target: str) -> tuple[str, ...]:
    return tuple(group_target.split(",")) if group_target else ()


class GroupRows:
    """`carried` is what the next row of goods gets; one reading of a sheet, from the top down."""

    def __init__(self, group_target: str) -> None:
        self.carried: dict[str, str] = {}
        self._targets = targets_of(group_target)
        self._outer_names: set[str] = set()
        self._above = ""

    def take(self, name: str) -> None:
        """A row with a name alone in it."""
        if len(self._targets) == 1:
            self.carried[self._targets[0]] = name
        elif self._targets:
            self._nest(name)
        self._above = name

    def goods(self) -> None:
        """A row of goods: the next name does not stand right below another one."""
        self._above = ""

    def _nest(self, name: str) -> None:
        outer, inner = self._targets
        if self._above:
            self._outer_names.add(self._above)
            self.carried = {outer: self._above, inner: name}
        elif name in self._outer_names or is_category(name):
            # A category of goods that have no brand.
            self.carried = {outer: name}
        else:
            self.carried[inner] = name


def are_nested(runs: list[list[str]]) -> bool:
    """Whether names that follow each other directly, `runs`, are categories and brands in them,
    and not a brand of which nothing is left above the next one."""
    nested = [run for run in runs if len(run) > 1]
    outer = {name for run in nested for name in run[:-1]}
    inner = {run[-1] for run in runs}
    if not nested or outer & inner:
        return False
    return len(runs[0]) > 1 or any(map(is_category, outer))

"""Finds in source code what makes bytes differ from run to run: forbidden names, and iteration over sets."""

import ast
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

#: Names, with all below them, that must not be used, and why.
BANNED = {
    "random": "its state is global and not seeded",
    "secrets": "it draws from the system",
    "uuid": "names come from (seed, scene, view)",
    "os.urandom": "it draws from the system",
    "numpy.random.seed": "the state is global",
    "numpy.random.rand": "the state is global",
    "numpy.random.randn": "the state is global",
    "numpy.random.randint": "the state is global",
    "numpy.random.random": "the state is global",
    "numpy.random.choice": "the state is global",
    "numpy.random.shuffle": "the state is global",
    "numpy.random.permutation": "the state is global",
    "numpy.random.uniform": "the state is global",
    "numpy.random.normal": "the state is global",
    "numpy.random.RandomState": "take a Generator",
    "time.time": "bytes hold no clock",
    "time.time_ns": "bytes hold no clock",
    "time.localtime": "bytes hold no clock",
    "time.gmtime": "bytes hold no clock",
    "time.strftime": "bytes hold no clock",
    "datetime": "bytes hold no clock",
    "os.environ": "the surroundings decide nothing",
    "os.getenv": "the surroundings decide nothing",
    "os.cpu_count": "how many cores there are decides nothing",
    "os.getpid": "which process it is decides nothing",
    "os.getuid": "who it is decides nothing",
    "socket": "which host it is decides nothing",
    "platform": "which host it is decides nothing",
    "tempfile": "names are chosen by chance",
    "threading": "threads finish in any order",
    "multiprocessing": "processes finish in any order",
    "concurrent": "threads finish in any order",
    "asyncio": "tasks finish in any order",
    "hash": "it differs from process to process for text",
    "id": "addresses differ from process to process",
    "os.listdir": "its order is the file system's: take sorted(Path(...).iterdir())",
    "os.scandir": "its order is the file system's: take sorted(Path(...).iterdir())",
    "os.walk": "its order is the file system's: take sorted(Path(...).iterdir())",
    "glob.glob": "its order is the file system's: take sorted(Path(...).iterdir())",
    "glob.iglob": "its order is the file system's: take sorted(Path(...).iterdir())",
}
#: What makes numpy's chance: without a seed it asks the system for one.
SEEDED = ("default_rng", "PCG64", "PCG64DXSM", "Philox", "SFC64", "MT19937", "SeedSequence")
#: Methods of paths that list a folder: allowed inside sorted() alone.
LISTING = ("glob", "rglob", "iterdir")
#: What may take a set, since it does not depend on its order.
ORDERLESS = ("sorted", "len", "min", "max", "any", "all", "set", "frozenset", "bool", "Counter")
#: Methods of sets that give a set again.
SET_METHODS = ("union", "intersection", "difference", "symmetric_difference")


@dataclass(frozen=True)
class Breach:
    """One use of what must not be used: in which line, what, and why not."""

    line: int
    name: str
    reason: str


def breaches(source: str) -> list[Breach]:
    """Every breach in a module's source, by line."""
    nodes = list(ast.walk(ast.parse(source)))
    return sorted(
        {*_names(nodes), *_unseeded(nodes), *_listings(nodes), *_sets(nodes)},
        key=lambda breach: (breach.line, breach.name),
    )


def _names(nodes: list[ast.AST]) -> Iterator[Breach]:
    known = _imported(nodes)
    own = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if isinstance(node, ast.Import):
            used = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            used = [f"{node.module}.{name.name}" for name in node.names] if node.level == 0 else []
        elif isinstance(node, ast.Attribute | ast.Name):
            used = [_dotted(node, known, own)]
        else:
            continue
        for name in filter(None, used):
            parts = name.split(".")
            for banned in (".".join(parts[: k + 1]) for k in range(len(parts))):
                if banned in BANNED:
                    yield Breach(node.lineno, banned, BANNED[banned])


def _imported(nodes: list[ast.AST]) -> dict[str, str]:
    """The full name of each imported name."""
    known: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            known |= {name.asname or name.name.partition(".")[0]: name.name for name in node.names if name.asname}
            known |= {(first := name.name.partition(".")[0]): first for name in node.names if not name.asname}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            known |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
    return known


def _dotted(node: ast.expr, known: dict[str, str], own: set[str]) -> str:
    """`numpy.random.seed` of `np.random.seed`; a bare builtin's own name; else empty."""
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value, known, own)
        return f"{base}.{node.attr}" if base else ""
    if not isinstance(node, ast.Name):
        return ""
    builtin = node.id if node.id in ("hash", "id") and node.id not in own and isinstance(node.ctx, ast.Load) else ""
    return known.get(node.id, builtin)


def _unseeded(nodes: list[ast.AST]) -> Iterator[Breach]:
    for call in _calls(nodes):
        seeds = [*call.args, *(keyword.value for keyword in call.keywords)]
        if _called(call) in SEEDED and all(isinstance(seed, ast.Constant) and seed.value is None for seed in seeds):
            yield Breach(call.lineno, f"{_called(call)}()", "without a seed it asks the system for one")


def _listings(nodes: list[ast.AST]) -> Iterator[Breach]:
    fine = {id(node) for call in _calls(nodes) if _called(call) == "sorted" for node in ast.walk(call)}
    for call in _calls(nodes):
        if isinstance(call.func, ast.Attribute) and call.func.attr in LISTING and id(call) not in fine:
            yield Breach(call.lineno, f".{call.func.attr}()", "its order is the file system's: sort it")


def _sets(nodes: list[ast.AST]) -> Iterator[Breach]:
    """Loops over sets, and sets made into something that has an order."""
    for scope in nodes:
        if not isinstance(scope, ast.FunctionDef | ast.Module):
            continue
        inside = list(_within(scope))
        names = _set_names(scope, inside)
        for node in inside:
            for taken in _in_order(node):
                if _is_set(taken, names):
                    yield Breach(
                        taken.lineno, "a set in an order", "text hashes differ from process to process: sort it"
                    )


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope, those of functions inside it left out."""
    left = deque(ast.iter_child_nodes(scope))
    while left:
        node = left.popleft()
        yield node
        if not isinstance(node, ast.FunctionDef):
            left.extend(ast.iter_child_nodes(node))


def _set_names(scope: ast.AST, inside: list[ast.AST]) -> set[str]:
    """Names that stand for sets in a scope: its parameters by annotation, its variables by what is assigned to them."""
    names: set[str] = set()
    if isinstance(scope, ast.FunctionDef):
        arguments = (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)
        names |= {argument.arg for argument in arguments if _says_set(argument.annotation)}
    for node in inside:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _says_set(node.annotation):
            names.add(node.target.id)
        if isinstance(node, ast.Assign) and _is_set(node.value, names):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _says_set(annotation: ast.expr | None) -> bool:
    base = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return isinstance(base, ast.Name) and base.id in ("set", "frozenset", "Set", "AbstractSet")


def _in_order(node: ast.AST) -> Iterator[ast.expr]:
    """What `node` takes one after the other, in an order that shows."""
    if isinstance(node, ast.For):
        yield node.iter
    elif isinstance(node, ast.ListComp | ast.DictComp | ast.GeneratorExp):
        if not getattr(node, "orderless", False):
            yield from (part.iter for part in node.generators)
    elif isinstance(node, ast.Starred | ast.YieldFrom):
        yield node.value
    elif isinstance(node, ast.Call):
        if _called(node) in (*ORDERLESS, *SET_METHODS, "isdisjoint", "issubset", "issuperset", "update"):
            for argument in node.args:
                argument.orderless = True  # type: ignore[attr-defined]
        elif _called(node) in ("list", "tuple", "enumerate", "zip", "map", "filter", "join", "extend", "iter", "sum"):
            yield from node.args
    elif isinstance(node, ast.Set):
        for element in node.elts:  # {*a, *b} is a set again
            if isinstance(element, ast.Starred):
                element.value = ast.copy_location(ast.Constant(0), element.value)


def _is_set(node: ast.expr, names: set[str]) -> bool:
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
        return _is_set(node.left, names) or _is_set(node.right, names)
    if isinstance(node, ast.IfExp):
        return _is_set(node.body, names) or _is_set(node.orelse, names)
    if not isinstance(node, ast.Call):
        return False
    return _called(node) in ("set", "frozenset") or (
        isinstance(node.func, ast.Attribute) and node.func.attr in SET_METHODS and _is_set(node.func.value, names)
    )


def _calls(nodes: list[ast.AST]) -> Iterator[ast.Call]:
    return (node for node in nodes if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")

"""What an audit found."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self

from encode.reading.short_text import printable
from shards.errors import StoreError

__all__ = ["AuditReport", "AuditTotals", "Problem"]

#: Problems of one kind that are kept with their place; further ones are only counted.
_KEPT_OF_A_KIND = 50
#: Most characters of a problem's sentence, which may quote a whole row of the manifest.
_DETAIL = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: `check` is its kind in a word or two, `where` the file or sample, `detail` one sentence."""

    check: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"[{self.check}] {self.where}: {self.detail}"

    @classmethod
    def of_untrusted(cls, check: str, where: str, detail: str) -> Self:
        """A problem with texts that may hold untrusted data: each becomes one line, escaped and cut."""
        whole = " ".join(line.strip() for line in detail[:_DETAIL].splitlines())
        return cls(check, printable(where), printable(whole, _DETAIL))


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Result of `audit_dataset`.

    tasks: audited pairs by task. worst_depth_error: largest error of a decoded depth as a share of what eight bits
    allow at that depth (at most 1 in a sound data set; 0 when there was no depth pair). problems: the first 50 of each
    kind, in the order of the shards; counts: all of them by kind.
    """

    frames: int
    pairs: int
    tasks: dict[str, int]
    worst_depth_error: float
    problems: tuple[Problem, ...]
    counts: dict[str, int]

    @property
    def ok(self) -> bool:
        """Whether there are no problems."""
        return not self.counts

    def __str__(self) -> str:
        tasks = ", ".join(f"{printable(task, 60)} {count:,}" for task, count in self.tasks.items()) or "none"
        lines = [
            f"{self.frames:,} frames and {self.pairs:,} pairs audited ({tasks})",
            f"worst depth error: {self.worst_depth_error:.3f} of the bound",
        ]
        if self.ok:
            return "\n".join([*lines, "no problems"])
        total = sum(self.counts.values())
        kinds = ", ".join(f"{check} {count:,}" for check, count in self.counts.items())
        lines.append(f"{total:,} problems ({kinds})")
        lines += [f"  {problem}" for problem in self.problems]
        if total > len(self.problems):
            lines.append(f"  and {total - len(self.problems):,} more")
        return "\n".join(lines)


@dataclass(slots=True)
class AuditTotals:
    """Running totals of an audit; those of single shards add up to those of the data set."""

    frames: int = 0
    tasks: Counter[str] = field(default_factory=Counter)
    worst_depth_error: float = 0.0
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add_problem(self, check: str, where: str, detail: str) -> None:
        """Note one problem."""
        self.counts[check] += 1
        self._keep(Problem.of_untrusted(check, where, detail))

    @contextmanager
    def guard(self, check: str, where: str) -> Iterator[None]:
        """Turn an unexpected error of the with-block into one problem; StoreErrors pass, since they stop the audit."""
        try:
            yield
        except StoreError:
            raise
        except Exception as error:
            self.add_problem(check, where, f"it cannot be audited: {type(error).__name__}: {str(error)[:300]}")

    def add(self, other: "AuditTotals") -> None:
        """Add what was found in another shard."""
        self.frames += other.frames
        self.tasks += other.tasks
        self.worst_depth_error = max(self.worst_depth_error, other.worst_depth_error)
        self.counts += other.counts
        for problem in other.problems:
            self._keep(problem)

    def report(self) -> AuditReport:
        """Return the totals as a report."""
        return AuditReport(
            frames=self.frames,
            pairs=self.tasks.total(),
            tasks=dict(sorted(self.tasks.items())),
            worst_depth_error=self.worst_depth_error,
            problems=tuple(self.problems),
            counts=dict(sorted(self.counts.items())),
        )

    def _keep(self, problem: Problem) -> None:
        if sum(known.check == problem.check for known in self.problems) < _KEPT_OF_A_KIND:
            self.problems.append(problem)

"""How often tasks ask what: shares that the configuration sets (`pairs` in config.yaml)."""

from dataclasses import dataclass

__all__ = ["PairShares"]


@dataclass(frozen=True, slots=True)
class PairShares:
    """Shares, 0 to 1, of the pairs of a task, where the frame allows a choice.

    small_share: instance, referring, boxes, points, interactive and semantic prompts for which no size is preferred:
        they ask mostly for small things.
    lone_share: referring prompts that may ask for what naming the class would find.
    full_share: semantic and materials prompts whose legend names every visible class or material.
    label_set_share: semantic prompts in a standard label set's classes; full legends where the frame shows too few.
    absent_entry_share: absent entries of a legend of semantic, panoptic, parts or materials, on average; more where a
        set is named whole.
    absent_share: instance, referring, boxes and points prompts for what is not there, whose target is all background.
    group_share: referring prompts for a group as one mask: the furniture, everything on the table.
    cube_walk_share: depth pairs in the metric cube walk.
    log_depth_share: those of the other depth pairs that are log depth in grey; the other codecs share the rest.
    """

    small_share: float = 0.1
    lone_share: float = 0.25
    full_share: float = 0.3
    label_set_share: float = 0.2
    absent_entry_share: float = 0.3
    absent_share: float = 0.06
    group_share: float = 0.12
    cube_walk_share: float = 0.5
    log_depth_share: float = 0.5

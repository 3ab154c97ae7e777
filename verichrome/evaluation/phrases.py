"""Prompts for one mask, whose phrase is a benchmark's own text."""

from encode.pair import RGB

__all__ = ["TARGET_LEGEND", "phrase_prompt", "question_prompt"]

#: What decodes the answers: the one target in red on black.
TARGET_LEGEND: dict[str, RGB] = {"target": (255, 0, 0)}


def phrase_prompt(phrase: str) -> str:
    """Ask for what a phrase refers to, as the templates of the task `referring` do."""
    return f"Find {phrase.strip().rstrip('.')} and answer with a mask in red on black."


def question_prompt(sentence: str) -> str:
    """Ask for what answers a question."""
    return f"{sentence.strip()} Answer with a mask in red on black."

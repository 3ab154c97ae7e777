"""Hooks of the documentation site: the pages at the root of the repository, and the files that pages link to.

Pages have links that work in the repository. The site has the same files at the same places relative to each
other, but that `docs/` is its root and README.md its first page.
"""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
#: Pages that stand at the root of the repository, and their names in the site.
ROOT_PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "SECURITY.md": "SECURITY.md",
}
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the root's pages, and each file outside docs/ that any page links to."""
    for name, page in ROOT_PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / name).read_text()))
    for page in list(files.documentation_pages()):
        for match in LINK.finditer(page.content_string):
            linked = _repository_path(page.src_uri, match[1])
            if linked.is_file() and not linked.is_relative_to(ROOT / "docs") and linked.name not in ROOT_PAGES:
                name = linked.relative_to(ROOT).as_posix()
                if name not in files.src_uris:
                    files.append(File.generated(config, name, abs_src_path=str(linked)))
    return files


def on_page_markdown(markdown: str, page: object, config: MkDocsConfig, files: Files) -> str:
    """Turn links of the repository into links of the site."""
    source = page.file.src_uri  # type: ignore[attr-defined]  # mkdocs hands over a Page

    def relinked(match: re.Match[str]) -> str:
        linked = _repository_path(source, match[1])
        if linked.is_relative_to(ROOT / "docs"):
            target = linked.relative_to(ROOT / "docs").as_posix()
        elif linked.is_relative_to(ROOT):
            name = linked.relative_to(ROOT).as_posix()
            target = ROOT_PAGES.get(name, name)
        else:
            return match[0]
        return f"]({'../' * source.count('/')}{target}{match[2] or ''})"

    return LINK.sub(relinked, markdown)


def _repository_path(page: str, link: str) -> Path:
    """Where a link of a page leads in the repository."""
    in_root = page in ROOT_PAGES.values()
    folder = ROOT if in_root else (ROOT / "docs" / page).parent
    return (folder / link).resolve()

"""The docs site. Its sources are the repository's own Markdown files, as they are: links between them work here and on the forge."""

import re
import shutil
from pathlib import Path

from pygments.lexers.special import TextLexer

ROOT = Path(__file__).parents[1]

project = "Tenantry"
author = "The Tenantry developers"
extensions = ["myst_parser"]
include_patterns = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CODE_OF_CONDUCT.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/**.md",
    "bindings-python/README.md",
    "bindings-wasm/npm/README.md",
    "examples/*/README.md",
]
root_doc = "docs/index"
# The anchors of headings are those of the forge.
myst_heading_anchors = 4
# A page of the contract goes from its title to its rules.
suppress_warnings = ["myst.header"]
html_theme = "furo"
html_title = "Tenantry"
html_permalinks = True
html_show_copyright = False
html_copy_source = True
html_use_index = False
html_sourcelink_suffix = ""
html_extra_path = ["site"]

# The pages in the side bar. A page that is in none of these lists fails the build.
CONTENTS = {
    "Start": ["README", "docs/concepts", "docs/playground", "bindings-python/README", "bindings-wasm/npm/README"],
    "Guides": [
        "docs/guides/*",
        "examples/fastapi-backend/README",
        "examples/mcp-gateway/README",
        "examples/playground/README",
    ],
    "Reference": [
        "docs/reference/*",
        "docs/errors",
        "docs/permissions",
        "docs/lifecycles",
        "docs/scenarios",
        "docs/command-line",
        "docs/contract/README",
    ],
    "Operations": ["docs/operations", "docs/stores", "docs/retention", "docs/performance", "docs/proof", "SECURITY"],
    "Project": ["ARCHITECTURE", "CONTRIBUTING", "CODE_OF_CONDUCT", "CHANGELOG"],
}


def contents(_app, docname: str, source: list[str]) -> None:
    """Adds the side bar to the first page, where the forge would show it as a block of code; and to two pages their parts."""
    parts = {
        root_doc: CONTENTS,
        "docs/contract/README": {"Contract": ["docs/contract/*"]},
        "docs/errors": {"Errors": ["docs/errors/*"]},
    }
    for caption, pages in parts.get(docname, {}).items():
        listed = "\n".join(f"/{page}" for page in pages)
        source[0] += f"\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {caption}\n\n{listed}\n```\n"


# The playground's page, in the docs site only: the forge shows no frames.
PLAYGROUND = """
<p><a class="playground" href="../../playground/">Open it in a window of its own</a></p>
<iframe src="../../playground/" title="Playground" loading="lazy" style="width: 100%; height: 80vh; border: 1px solid"></iframe>
"""


def embed(_app, docname: str, source: list[str]) -> None:
    if docname == "docs/playground":
        source[0] += PLAYGROUND


def copy_playground(app, error: Exception | None) -> None:
    if not error and app.builder.name == "dirhtml":
        shutil.copytree(ROOT / "target/playground", Path(app.outdir) / "playground", dirs_exist_ok=True)


def plain_text(app, error: Exception | None) -> None:
    """Writes `llms.txt`: every page as plain Markdown, with its title and its first sentence."""
    if error or app.builder.name != "dirhtml":
        return
    lines = ["# Tenantry", "", "Every page as plain Markdown.", ""]
    for docname in sorted(app.env.found_docs):
        text = (ROOT / f"{docname}.md").read_text("utf-8")
        title = re.search(r"^# (.+)$", text, re.MULTILINE)
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        first = re.search(r"^[A-Z*`].*?(?:\.\W*?(?=\s)|\n\n|\Z)", prose, re.MULTILINE | re.DOTALL)
        about = f": {' '.join(first[0].split())}" if first else ""
        lines.append(f"- [{title[1] if title else docname}](_sources/{docname}.md){about}")
    (Path(app.outdir) / "llms.txt").write_text("\n".join(lines) + "\n", "utf-8")


def setup(app) -> None:
    app.add_lexer("mermaid", TextLexer)
    app.connect("source-read", contents)
    app.connect("source-read", embed)
    app.connect("build-finished", copy_playground)
    app.connect("build-finished", plain_text)

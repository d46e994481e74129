"""Programs of packages that were unpacked, not installed: what they have to be told.

A tree is tried where it is built, and used where it is renamed to: `partial` is the
folder that is written to, `root` the one that the texts name.
"""

from __future__ import annotations

import os
from pathlib import Path

from . import paths

# What is fetched with them; the last one has the Chinese that pages and pictures show.
FONT_PACKAGES = ["fonts-liberation", "fonts-wqy-microhei"]
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{fontcache}</cachedir>
  <alias><family>sans-serif</family>
    <prefer><family>Liberation Sans</family></prefer></alias>
  <alias><family>serif</family>
    <prefer><family>Liberation Serif</family></prefer></alias>
  <alias><family>monospace</family>
    <prefer><family>Liberation Mono</family></prefer></alias>
</fontconfig>
"""


def write_command(partial: Path, name: str, text: str) -> Path:
    """Write the script `name` in the tree's folder of commands."""
    command = partial / "bin" / name
    command.parent.mkdir(exist_ok=True)
    command.write_text(text)
    command.chmod(0o755)
    return command


def write_fonts(partial: Path, root: Path) -> None:
    """Write `fonts.conf`: the fonts of the tree, then those of the machine."""
    # Not in `root`: a probe may still write to it while `partial` is renamed.
    cache = paths.cache() / "fontcache"
    (partial / "fonts.conf").write_text(FONTS.format(root=root, fontcache=cache))


def libraries(partial: Path, root: Path, last: str = "") -> str:
    """The search path of the libraries that came along; those of `last` at its end."""
    folders = sorted({file.parent for file in partial.glob("usr/lib/**/*.so*")})
    folders.sort(key=lambda folder: last in folder.parts)
    return os.pathsep.join(
        str(root / folder.relative_to(partial)) for folder in folders
    )

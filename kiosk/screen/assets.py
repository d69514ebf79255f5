"""The folder the browser is served from, put together when the server starts.

It holds our own small files, the font from its package, and Flet's ``index.html`` with our
changes. Flet serves everything else from its own package, behind this folder.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

import flet_web
from flet_web.patch_index import patch_index_html

from kiosk.screen import theme
from kiosk.screen.glyphs import FONT_FILES

OWN = Path(__file__).parent.parent / "assets"

WEIGHTS = {"Regular": 400, "SemiBold": 600}
"""Font file -> weight: the two weights the screen uses."""

SCRIPTS = ("offline.js", "microphone.js")
"""Our own scripts, which must run before Flet's."""

CONFIG = "<!-- fletAppConfig -->"
"""Where Flet puts its configuration script."""

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_LOADING = re.compile(r'<div id="loading".*?</div>', re.DOTALL)


def build_assets(folder: Path) -> Path:
    """Fill ``folder`` (made anew) and return it.

    Raises OSError when it cannot be written, ValueError when Flet's page is not as expected.
    """
    shutil.rmtree(folder, ignore_errors=True)
    fonts = folder / "assets" / "fonts"
    fonts.mkdir(parents=True)
    for name in ("emblem.svg", "manifest.json", *SCRIPTS):
        shutil.copyfile(OWN / name, folder / name)
    for name in WEIGHTS:
        shutil.copyfile(_font(name), fonts / _font(name).name)
    web = Path(flet_web.get_package_web_dir())
    _write_font_manifest(web, folder / "assets" / "FontManifest.json")
    index = folder / "index.html"
    index.write_text(own_index((web / "index.html").read_text("utf-8")), "utf-8")
    # Flet would write this configuration on the first request; done here, the page is final and
    # its scripts can be named by hash in the security policy.
    patch_index_html(
        str(index),
        base_href="",
        websocket_endpoint_path="/ws",
        app_name="Trợ lý chi bộ",
        app_description="Trợ lý chi bộ",
        no_cdn=True,
    )
    return folder


def _font(weight: str) -> Path:
    return FONT_FILES / f"BeVietnamPro-{weight}.ttf"


def _write_font_manifest(web: Path, target: Path) -> None:
    """Flutter loads the fonts of this list, with their weights, before the first frame."""
    manifest = json.loads((web / "assets" / "FontManifest.json").read_text("utf-8"))
    # Formula fonts: never used here, and half a megabyte to load.
    manifest = [entry for entry in manifest if "flutter_math" not in entry["family"]]
    manifest.append(
        {
            "family": theme.FONT,
            "fonts": [
                {"asset": f"fonts/{_font(name).name}", "weight": weight}
                for name, weight in WEIGHTS.items()
            ],
        }
    )
    target.write_text(json.dumps(manifest), "utf-8")


def own_index(index: str) -> str:
    """Flet's start page with our language, icon, opening picture and microphone rate."""
    loading = (OWN / "loading.html").read_text("utf-8").strip()
    for old, new in (
        ("<html>", '<html lang="vi">'),
        (
            '<link rel="icon" type="image/png" href="favicon.png" />',
            '<link rel="icon" type="image/svg+xml" href="emblem.svg" />',
        ),
        (CONFIG, "\n  ".join([*(f'<script src="{name}"></script>' for name in SCRIPTS), CONFIG])),
        ("icons/apple-touch-icon-192.png", "emblem.svg"),
    ):
        if old not in index:
            raise ValueError(f"flet-web's index.html has changed: {old!r} is not in it")
        index = index.replace(old, new)
    index, count = _LOADING.subn(lambda _: loading, index)
    if count != 1:
        raise ValueError("flet-web's index.html has changed: no loading picture in it")
    return index


def script_hashes(index: str) -> tuple[str, ...]:
    """The inline scripts of a page as CSP source expressions (``'sha256-…'``)."""
    return tuple(
        "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"
        for code in _INLINE_SCRIPT.findall(index)
    )

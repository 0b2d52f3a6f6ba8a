"""Bringing GOV.UK Frontend without what only GOV.UK may use."""

from pathlib import Path

import pytest

from web import assets


def _source(folder: Path, styles: str) -> Path:
    (folder / assets.STYLES).write_text(styles, encoding="utf-8")
    (folder / assets.SCRIPT).write_text("export {};\n//# sourceMappingURL=x.map\n", encoding="utf-8")
    return folder


def test_the_gds_font_is_left_out_and_arial_stays(tmp_path: Path) -> None:
    face = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
    source = _source(tmp_path, face + 'p{font-family:GDS Transport,arial}b{font-family:"GDS Transport",arial}')
    written = assets.bring(source, tmp_path / "out")
    assert [path.read_text(encoding="utf-8") for path in written] == [
        "p{font-family:arial}b{font-family:arial}",
        "export {};\n\n",
    ]
    assert assets.missing(tmp_path / "out") == []


def test_a_new_way_to_name_the_font_is_noticed(tmp_path: Path) -> None:
    source = _source(tmp_path, "p{--font:GDS Transport}")
    with pytest.raises(ValueError, match="in a new way"):
        assets.bring(source, tmp_path / "out")


def test_missing_files_are_named(tmp_path: Path) -> None:
    assert assets.missing(tmp_path) == [assets.STYLES, assets.SCRIPT]
    with pytest.raises(FileNotFoundError):
        assets.bring(tmp_path, tmp_path / "out")


def test_the_pages_have_their_files() -> None:
    assert assets.missing() == []

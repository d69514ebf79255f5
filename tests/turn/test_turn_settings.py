"""Settings: read, checked, saved whole."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kiosk.errors import KioskError, SettingsError
from kiosk.settings import Settings, changed, load_settings, save_settings
from voice.endpoint import EndpointSettings
from voice.read import Lexicon
from voice.speak import SpeechSettings


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_these_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()
    assert load_settings(written(tmp_path, "")) == Settings()
    defaults = Settings()
    assert defaults.endpoint == EndpointSettings(silence=1.25, keep=0.3, limit=30.0)
    assert defaults.speech == SpeechSettings("bac", 1.0, 1.0, 0.9)
    assert (defaults.host, defaults.port) == ("127.0.0.1", 8550)


def test_a_file_need_hold_only_what_differs(tmp_path: Path) -> None:
    path = written(tmp_path, '# phường\nregion = "nam"\nsilence = 2\nvolume = 0.55\n')
    assert load_settings(path) == Settings(region="nam", silence=2.0, volume=0.55)
    assert isinstance(load_settings(path).silence, float)


OTHERS: dict[str, object] = {
    "region": "trung", "voice": "vi_VN-vais1000-medium", "recogniser": "phowhisper-base",
    "rate": 0.85, "pitch": 1.2, "volume": 0.4, "silence": 2.5, "keep": 0.5, "limit": 20.0,
    "bias": "chi bộ \"khu phố\"\nđảng ủy", "threads": 4, "host": "::1", "port": 9000,
}  # fmt: skip


def test_save_and_load(tmp_path: Path) -> None:
    assert set(OTHERS) == {f.name for f in fields(Settings)}
    path = tmp_path / "new folder" / "settings.toml"
    everything = Settings(**OTHERS)  # type: ignore[arg-type]
    save_settings(everything, path)
    assert load_settings(path) == everything
    for name, value in OTHERS.items():
        one = replace(Settings(), **{name: value})  # type: ignore[arg-type]
        save_settings(one, path)
        assert load_settings(path) == one
        assert path.read_text(encoding="utf-8").startswith(f"{name} = "), "only what differs"
    save_settings(Settings(), path)
    assert path.read_text(encoding="utf-8") == ""
    assert [p.name for p in path.parent.iterdir()] == ["settings.toml"]


BAD = {
    "no TOML": "rate 1.0",
    "a cut file": 'region = "na',
    "an unknown name": "speed = 1.0",
    "a table": "[speech]\nrate = 1.0",
    "text for a number": 'rate = "1.0"',
    "a number for text": "voice = 1",
    "a boolean for a number": "volume = true",
    "a boolean for a whole number": "threads = true",
    "a fraction for a whole number": "threads = 2.0",
    "a list": "rate = [1.0]",
    "a date": "rate = 2026-11-25",
    "an unknown accent": 'region = "tay"',
    "too fast": "rate = 1.7",
    "too slow": "rate = 0.5",
    "too high": "pitch = 1.6",
    "mute": "volume = 0",
    "too loud": "volume = 1.01",
    "no number": "silence = nan",
    "endless": "silence = inf",
    "too patient": "silence = 6",
    "negative": "keep = -0.1",
    "too long": "limit = 31",
    "no threads": "threads = 0",
    "a port for root": "port = 80",
    "no port": "port = 70000",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused(kind: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(tmp_path, BAD[kind] + "\n"))
    assert "settings.toml" in str(caught.value)
    assert caught.value.vi.startswith("Tệp cài đặt settings.toml có lỗi. Hãy sửa")
    assert isinstance(caught.value, KioskError)


def test_the_message_names_the_setting(tmp_path: Path) -> None:
    for text, word in (
        ("speed = 1", "unknown setting speed"),
        ("rate = 9.0", "rate must lie between 0.6 and 1.6"),
        ('threads = "2"', "threads must be int"),
    ):
        with pytest.raises(SettingsError, match=word):
            load_settings(written(tmp_path, text))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"bias = '\xff\xfe'")
    with pytest.raises(SettingsError):
        load_settings(path)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError) as caught:
        save_settings(Settings(rate=0.8), tmp_path / "file" / "settings.toml")
    assert caught.value.vi.startswith("Không lưu được cài đặt")


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.toml"
    save_settings(Settings(rate=0.8), path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SettingsError):
        save_settings(Settings(rate=0.7), path)
    assert load_settings(path).rate == 0.8


def test_changes_stay_in_their_range() -> None:
    assert changed(Settings(), volume=5.0).volume == 1.0
    assert changed(Settings(), volume=-5.0).volume == 0.1
    assert changed(Settings(), rate=0.1).rate == 0.6
    assert changed(Settings(), rate=1.15 + 0.15).rate == 1.3, "no 1.2999999999"
    kept = changed(Settings(region="nam"), rate=0.7)
    assert kept == Settings(region="nam", rate=0.7)


def test_the_ward_s_lexicon_may_be_in_decomposed_letters(tmp_path: Path) -> None:
    text = "ĐBMP\tđảng bộ minh phụng\nTổ hoà giải\ttổ hòa giải\n"
    composed, decomposed = tmp_path / "a.tsv", tmp_path / "b.tsv"
    composed.write_text(text, encoding="utf-8")
    decomposed.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    assert composed.read_bytes() != decomposed.read_bytes()

    from voice.read import read

    written = "ĐBMP có tổ hoà giải."
    spoken = {
        sentence.spoken
        for path in (composed, decomposed)
        for form in ("NFC", "NFD")
        for sentence in read(
            unicodedata.normalize(form, written),
            region="bac",
            lexicon=Lexicon.load(path),  # type: ignore[arg-type]
        )
    }
    assert len(spoken) == 1 and "đảng bộ minh phụng" in spoken.pop()

from __future__ import annotations

import re

import pytest

import voice.models
from voice.errors import ModelError, UnknownModel
from voice.models import load_catalogue, parse_catalogue
from voice.models.catalogue import SHIPPED, Url, WheelMember

GOOD = """[[model]]
name = "m"
kind = "voice"
engine = "piper"
title_vi = "M"
description = "d"
licence = "MIT"
home = "h"

[[model.file]]
path = "a.onnx"
bytes = 3
sha256 = "{sha}"
url = "https://example.org/a.onnx"
""".format(sha="a" * 64)


def test_every_promised_model_is_in_the_shipped_catalogue() -> None:
    names = load_catalogue().names()
    assert {
        "whisper-base",
        "phowhisper-tiny",
        "phowhisper-base",
        "phowhisper-small",
        "phowhisper-medium",
        "piper-vi-vais1000-medium",
        "vosk-small-vn",
        "espeak-ng",
    } <= set(names)


def test_whisper_base_is_two_wheels_joined() -> None:
    model = load_catalogue().get("whisper-base")
    assert model.default and model.pinned and model.bytes == 150_218_479
    binary = model.files[0]
    assert [part.source.name for part in binary.parts] == ["model.bin.part1", "model.bin.part2"]
    assert all(isinstance(part.source, WheelMember) for part in binary.parts)


def test_what_is_not_pinned_says_so() -> None:
    catalogue = load_catalogue()
    assert {model.name for model in catalogue if not model.pinned} == {
        "phowhisper-tiny",
        "phowhisper-base",
        "phowhisper-small",
        "phowhisper-medium",
        "vosk-small-vn",
    }


def test_one_recommended_model_a_kind_at_most() -> None:
    kinds = [model.kind for model in load_catalogue() if model.recommended]
    assert sorted(kinds) == ["recogniser", "voice"]


def test_the_shipped_file_names_no_package_registry() -> None:
    hosts = re.findall(r"https?://([a-z][^/\"]+)", SHIPPED.read_text(encoding="utf-8"))
    assert set(hosts) == {"huggingface.co", "alphacephei.com"}


def test_an_unknown_name_is_answered_with_the_list() -> None:
    with pytest.raises(UnknownModel, match="whisper-base") as caught:
        load_catalogue().get("whisper-bass")
    assert "troly models list" in caught.value.vi


def test_a_good_file_is_read() -> None:
    (file,) = parse_catalogue(GOOD).get("m").files
    assert file.parts[0].source == Url("https://example.org/a.onnx")


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ('kind = "voice"', 'kind = "singer"', 3, "kind"),
        ('engine = "piper"', "engine = 7", 4, "engine"),
        ('engine = "piper"\n', "", 1, "engine is missing"),
        ('home = "h"', 'home = "h"\nhmoe = "h"', 9, "unknown key 'hmoe'"),
        ('path = "a.onnx"', 'path = "../a.onnx"', 11, "plain relative path"),
        ('path = "a.onnx"', 'path = "/etc/passwd"', 11, "plain relative path"),
        ('path = "a.onnx"', 'path = "C:a.onnx"', 11, "plain relative path"),
        ('path = "a.onnx"', 'path = "installed.json"', 11, "plain relative path"),
        ("bytes = 3", "bytes = -3", 12, "negative"),
        ("bytes = 3", "bytes = true", 12, "must be a int"),
        ("a" * 64, "a" * 63, 13, "sha256"),
        ("https://example.org/a.onnx", "http://example.org/a.onnx", 14, "https"),
        ("https://example.org/a.onnx", "file:///etc/passwd", 14, "https"),
        ('url = "https://example.org/a.onnx"', "", 10, "needs a source"),
        ('name = "m"', 'name = "../m"', 2, "not valid"),
        ('name = "m"', 'name = "m', 2, "line 2"),
        (
            'url = "https://example.org/a.onnx"',
            'parts = [{bytes = 2, url = "https://e.org/a"}, {bytes = 2, url = "https://e.org/b"}]',
            14,
            "the parts have 4 bytes, not 3",
        ),
        (
            'url = "https://example.org/a.onnx"',
            'parts = [{url = "https://e.org/a"}, {url = "https://e.org/b"}]',
            14,
            "must have its bytes",
        ),
        (
            'url = "https://example.org/a.onnx"',
            'wheel = "needs-a-version"\nmember = "x"',
            14,
            "not valid",
        ),
    ],
)
def test_an_error_names_its_line(old: str, new: str, line: int, problem: str) -> None:
    assert old in GOOD
    with pytest.raises(ModelError, match=re.escape(problem)) as caught:
        parse_catalogue(GOOD.replace(old, new, 1), "here.toml")
    assert str(caught.value).startswith(f"here.toml:{line}: ")


def test_a_model_listed_twice_is_refused() -> None:
    with pytest.raises(ModelError, match=r":17: model 'm' is listed twice"):
        parse_catalogue(GOOD + "\n" + GOOD)


def test_the_exported_names_exist() -> None:
    assert voice.models.__all__ == sorted(voice.models.__all__)
    for name in voice.models.__all__:
        assert getattr(voice.models, name) is not None

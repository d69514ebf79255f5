"""The `troly` command as a process: what it prints, how it ends, what it leaves behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_sound import silence, spoken, tone, wav_file, white_noise

from kiosk.cli.main import VERBS
from kiosk.state import State
from voice.pcm import load_audio

TROLY = Path(sys.executable).with_name("troly")
FEES = "đóng đảng phí thế nào"
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I
)


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Troly = Callable[..., Run]


@pytest.fixture
def troly(tmp_path: Path) -> Troly:
    """Runs ``troly`` in an empty folder, with a home of its own."""
    (tmp_path / "work").mkdir()

    def run(*words: object, stdin: str = "", limit: int | None = None, **env: str) -> Run:
        def small_files() -> None:
            import resource

            assert limit is not None
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        ran = subprocess.run(
            [str(TROLY), *map(str, words)], cwd=tmp_path / "work", timeout=120, check=False,
            input=stdin.encode(), capture_output=True,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), **env},
            preexec_fn=small_files if limit is not None else None,
        )  # fmt: skip
        return Run(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    return run


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of WAV files: questions, and what is none."""
    folder = tmp_path_factory.mktemp("wav")
    for name, samples in {
        "fees": spoken(FEES), "silence": silence(2), "noise": white_noise(2), "tone": tone(2),
        "empty": silence(0), "long": silence(600),
    }.items():  # fmt: skip
        wav_file(folder / f"{name}.wav", samples)
    whole = (folder / "fees.wav").read_bytes()
    (folder / "broken.wav").write_bytes(whole[:30])
    (folder / "garbage.wav").write_bytes(b"RIFF" + bytes(range(256)))
    (folder / "text.wav").write_text("đóng đảng phí thế nào\n", encoding="utf-8")
    return folder


def contents(state: State) -> dict[str, bytes]:
    """Everything in a state folder but the log."""
    return {
        str(p.relative_to(state.root)): p.read_bytes() if p.stat().st_size < 10_000_000 else b"big"
        for p in sorted(state.root.rglob("*"))
        if p.is_file() and p.name != state.log.name
    }


def assert_refused(run: Run, *words: str) -> None:
    """Exit code 2, one clear Vietnamese line, nothing on standard output."""
    assert run.code == 2, run
    assert run.out == "" and "Traceback" not in run.err
    wrong = [line for line in run.err.splitlines() if line.startswith("Lỗi: ")]
    assert len(wrong) == 1 and VIETNAMESE.search(wrong[0]), run.err
    assert all(word in wrong[0] for word in words), wrong[0]
    assert len(run.err.splitlines()) <= 2, run.err


# -- ask -------------------------------------------------------------------------------------


def assert_documented(report: dict[str, Any]) -> None:
    """The keys that ``troly ask --help`` names: no more, no fewer."""
    assert list(report) == [
        "heard", "intent", "slots", "confidence", "status", "phrase", "answer", "choices",
        "timings",
    ]  # fmt: skip
    assert set(report["heard"]) == {"text", "hypotheses"}
    assert all(set(h) == {"text", "score"} for h in report["heard"]["hypotheses"])
    assert set(report["answer"]) == {"title", "text", "sources", "control"}
    for source in report["answer"]["sources"]:
        assert set(source) == {"document", "trust", "in_force_from", "replaced_by"}
    assert all(set(c) == {"intent", "title"} for c in report["choices"])
    assert report["status"] in ("answered", "clarify", "rejected")
    assert 0.0 <= report["confidence"] <= 1.0
    assert all(isinstance(v, float) and v >= 0 for v in report["timings"].values())


def test_a_question_as_sound(
    troly: Troly, sounds: Path, state_with_models: State, tmp_path: Path
) -> None:
    out = tmp_path / "trả lời.wav"
    run = troly("ask", "--wav", sounds / "fees.wav", "--json", "--out", out,
                "--state", state_with_models.root)  # fmt: skip
    assert (run.code, run.err) == (0, "")
    report = run.json
    assert_documented(report)
    assert (report["status"], report["intent"], report["slots"]) == ("answered", "fees", {})
    assert report["heard"]["text"] == report["heard"]["hypotheses"][0]["text"] != ""
    scores = [h["score"] for h in report["heard"]["hypotheses"]]
    assert scores == sorted(scores, reverse=True)
    assert report["answer"]["sources"] and "Đảng phí" in report["answer"]["text"]
    timings = report["timings"]
    assert set(timings) == {"hear", "understand", "answer", "total", "first_sound", "utterance"}
    assert 1.0 < timings["utterance"] < 3.0
    assert timings["first_sound"] <= timings["total"]
    with wave.open(str(out)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        seconds = file.getnframes() / file.getframerate()
    assert seconds > 0.04 * len(report["answer"]["text"]), "the whole answer is in it"
    assert np.abs(load_audio(out)).max() > 0.2
    assert [p.name for p in out.parent.glob("*.new")] == []


def test_a_question_as_text(troly: Troly, tmp_path: Path) -> None:
    state = tmp_path / "state"
    run = troly("ask", "--text", FEES, "--json", "--state", state)
    assert (run.code, run.err) == (0, "")
    assert_documented(run.json)
    assert run.json["intent"] == "fees" and run.json["heard"]["text"] == FEES
    assert "utterance" not in run.json["timings"]
    shown = troly("ask", "--text", FEES, "--state", state)
    assert shown.code == 0
    assert f"Nghe:    {FEES}\n" in shown.out and "Trả lời: Đảng phí" in shown.out
    assert "Nguồn:   " in shown.out


def test_a_question_that_is_none(troly: Troly, tmp_path: Path) -> None:
    run = troly("ask", "--text", "mua hai cân thịt lợn nấu đông ăn tết", "--state", tmp_path / "s")
    assert run.code == 1 and "Trả lời: Tôi chưa hiểu" in run.out and "  • " in run.out
    run = troly("ask", "--text", "", "--json", "--state", tmp_path / "s")
    assert run.code == 1 and run.json["intent"] is None
    assert_documented(run.json)


def test_a_control(troly: Troly, tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    run = troly("ask", "--text", "đọc chậm lại", "--json", "--state", state.root)
    assert (run.json["answer"]["control"], run.json["answer"]["sources"]) == ("slower", [])
    assert state.settings.read_text(encoding="utf-8") == "rate = 0.85\n"


def test_silence_is_answered_with_an_invitation(
    troly: Troly, sounds: Path, state_with_models: State, tmp_path: Path
) -> None:
    out = tmp_path / "a.wav"
    run = troly("ask", "--wav", sounds / "silence.wav", "--json", "--out", out,
                "--state", state_with_models.root)  # fmt: skip
    assert run.code == 1
    assert_documented(run.json)
    report = run.json
    assert (report["intent"], report["status"], report["confidence"]) == (None, "rejected", 0.0)
    assert report["heard"] == {"text": "", "hypotheses": []} and report["choices"] == []
    assert report["answer"]["text"].startswith("Tôi chưa nghe thấy gì.")
    assert 1.0 < len(load_audio(out)) / 16_000 < 8.0, "only the invitation is spoken"


# -- listen and understand -------------------------------------------------------------------


def test_listen(troly: Troly, sounds: Path, state_with_models: State) -> None:
    run = troly("listen", sounds / "fees.wav", "--json", "--state", state_with_models.root)
    assert (run.code, run.err) == (0, "")
    report = run.json
    assert list(report) == [
        "text", "hypotheses", "seconds", "speech", "start", "fell_back", "timings",
    ]  # fmt: skip
    assert report["text"] == report["hypotheses"][0]["text"] != ""
    assert 0.5 < report["speech"] < report["seconds"] < 3.0
    assert set(report["timings"]) == {"endpoint", "load", "transcribe"}


@pytest.mark.parametrize("name", ["silence", "noise", "tone"])
def test_nothing_is_heard_in(
    name: str, troly: Troly, sounds: Path, state_with_models: State
) -> None:
    state = ("--state", state_with_models.root)
    heard = troly("listen", sounds / f"{name}.wav", *state)
    assert (heard.code, heard.out, heard.err) == (1, "(không nghe thấy lời nói)\n", "")
    run = troly("understand", "--wav", sounds / f"{name}.wav", "--json", *state)
    assert run.code == 1
    assert (run.json["status"], run.json["intent"], run.json["heard"]) == ("rejected", None, "")


def test_understand(troly: Troly, sounds: Path, state_with_models: State) -> None:
    keys = ["heard", "status", "intent", "slots", "confidence", "phrase", "choices"]
    run = troly("understand", "--wav", sounds / "fees.wav", "--json",
                "--state", state_with_models.root)  # fmt: skip
    assert (run.code, list(run.json), run.json["intent"]) == (0, keys, "fees")
    run = troly("understand", "đọc chỉ thị năm mươi", "--json")
    assert (run.code, list(run.json)) == (0, keys)
    assert run.json["slots"] == {"document": "50-CT/TW"}
    shown = troly("understand", "đọc chỉ thị năm mươi")
    assert shown.out.startswith("answered: read_directive (")
    assert "  document: 50-CT/TW\n" in shown.out
    assert troly("understand", "mua hai cân thịt lợn nấu đông ăn tết").code == 1


# -- speak -----------------------------------------------------------------------------------


def test_speak(troly: Troly, tmp_path: Path) -> None:
    out = tmp_path / "a.wav"
    run = troly("speak", "Chỉ thị 50-CT/TW. Họp lúc 14h30.", "-o", out, "--json")
    assert (run.code, run.err) == (0, "")
    report = run.json
    assert set(report) == {"voice", "rate", "seconds", "sentences"}
    assert report["voice"] == "espeak-ng"
    assert [s["words"] for s in report["sentences"]] == [
        "chỉ thị số năm mươi của trung ương", "họp lúc mười bốn giờ ba mươi",
    ]  # fmt: skip
    assert all(set(s) == {"start", "end", "words", "seconds"} for s in report["sentences"])
    assert len(load_audio(out)) / 16_000 == pytest.approx(report["seconds"], abs=0.01)


def test_speak_takes_standard_input_and_settings(troly: Troly, tmp_path: Path) -> None:
    def seconds(*options: str) -> float:
        run = troly(
            "speak", "-", "-o", tmp_path / "a.wav", *options, stdin="Chi bộ họp sáng nay.\n"
        )
        assert run.code == 0 and "giây, giọng espeak-ng" in run.out
        return len(load_audio(tmp_path / "a.wav")) / 16_000

    assert seconds("--rate", "0.6") > 1.5 * seconds("--rate", "1.6")
    seconds("--region", "nam", "--pitch", "1.4", "--volume", "0.3")
    assert np.abs(load_audio(tmp_path / "a.wav")).max() < 0.35


def test_nothing_to_speak(troly: Troly, tmp_path: Path) -> None:
    run = troly("speak", "...", "-o", tmp_path / "a.wav")
    assert (run.code, run.err) == (1, "Không có gì để đọc.\n")
    assert not (tmp_path / "a.wav").exists()


# -- wrong use and broken input --------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["ask"], "đúng một trong hai"),
        (["ask", "--wav", "a.wav", "--text", "b"], "đúng một trong hai"),
        (["ask", "--foo"], "--foo"),
        (["ask", "một", "--text", "hai"], "một"),
        (["ask", "--text"], "--text"),
        (["listen"], "FILE"),
        (["understand"], "đúng một trong hai"),
        (["understand", "a", "--wav", "b"], "đúng một trong hai"),
        (["speak", "xin chào"], "--out"),
        (["speak", "xin", "chào", "-o", "a.wav"], "ngoặc kép"),
        (["speak", "a", "-o", "a.wav", "--rate", "9"], "--rate"),
        (["speak", "a", "-o", "a.wav", "--region", "tây"], "--region"),
        (["sing"], "sing"),
    ],
)
def test_wrong_arguments(words: list[str], part: str, troly: Troly, tmp_path: Path) -> None:
    run = troly(*words)
    assert_refused(run, part)
    assert list((tmp_path / "work").iterdir()) == [] and not (tmp_path / "home").exists()


@pytest.mark.parametrize("verb", [["ask", "--wav"], ["listen"], ["understand", "--wav"]])
@pytest.mark.parametrize(
    ("name", "part"),
    [("broken", "Không đọc được"), ("garbage", "Không đọc được"), ("text", "Không đọc được"),
     ("empty", "không có âm thanh"), ("long", "600 giây"), ("no such file", "Không mở được")],
)  # fmt: skip
def test_a_sound_that_cannot_be_used(
    name: str, part: str, verb: list[str], troly: Troly, sounds: Path, state_with_models: State
) -> None:
    before = contents(state_with_models)
    run = troly(*verb, sounds / f"{name}.wav", "--state", state_with_models.root)
    assert_refused(run, part, f"{name}.wav")
    assert contents(state_with_models) == before


@pytest.mark.parametrize("verb", [["ask", "--wav"], ["listen"], ["understand", "--wav"]])
def test_no_recogniser(verb: list[str], troly: Troly, sounds: Path, tmp_path: Path) -> None:
    state = tmp_path / "nothing here"
    run = troly(*verb, sounds / "fees.wav", "--state", state)
    assert_refused(run, "troly models install whisper-base")
    assert not state.exists(), "nothing was written"


def test_a_state_that_is_a_file(troly: Troly, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    assert_refused(troly("ask", "--text", FEES, "--state", tmp_path / "state"), "--state")


def test_broken_settings(troly: Troly, tmp_path: Path) -> None:
    state = State(tmp_path)
    state.settings.write_text("rate = 'fast'\n", encoding="utf-8")
    for words in (["ask", "--text", FEES], ["speak", "a", "-o", "a.wav"], ["understand", FEES]):
        assert_refused(troly(*words, "--state", state.root), "settings.toml")
    assert state.settings.read_text(encoding="utf-8") == "rate = 'fast'\n"
    log = state.log.read_text(encoding="utf-8")
    assert "SettingsError" in log and "rate must be float" in log, "English for the administrator"


@pytest.mark.parametrize("target", ["no/such/folder/a.wav", "."])
def test_sound_that_cannot_be_written(target: str, troly: Troly, tmp_path: Path) -> None:
    work = tmp_path / "work"
    assert_refused(troly("speak", "xin chào", "-o", target), "Không ghi được tệp")
    run = troly("ask", "--text", "dừng lại", "--out", target, "--state", tmp_path / "s")
    assert run.code == 0, "nothing is spoken, so nothing is written"
    run = troly("ask", "--text", FEES, "--out", target, "--state", tmp_path / "s")
    assert_refused(run, "Không ghi được tệp")
    assert list(work.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size (POSIX)")
def test_a_full_disk(troly: Troly, tmp_path: Path) -> None:
    out = tmp_path / "work" / "a.wav"
    out.write_bytes(b"the sound of yesterday")
    assert_refused(troly("speak", "xin chào bác", "-o", out, limit=8192), "Không ghi được tệp")
    assert out.read_bytes() == b"the sound of yesterday"
    assert [p.name for p in out.parent.iterdir()] == ["a.wav"]
    # The same for the state folder: no room for the knowledge.
    run = troly("ask", "--text", FEES, "--state", tmp_path / "s", limit=8192)
    assert_refused(run)
    assert troly("ask", "--text", FEES, "--state", tmp_path / "s").code == 0, (
        "and with room it goes"
    )


# -- help ------------------------------------------------------------------------------------


def test_nothing_is_reported_to_anybody(troly: Troly, tmp_path: Path) -> None:
    """onnxruntime would keep a device id in the home folder to report its use."""
    assert troly("ask", "--text", FEES, "--state", tmp_path / "s").code == 0
    assert troly("speak", "xin chào", "-o", tmp_path / "a.wav").code == 0
    assert troly("understand", FEES, "--state", tmp_path / "s").code == 0
    assert not (tmp_path / "home").exists()


def test_help_lists_every_verb(troly: Troly) -> None:
    run = troly("--help")
    assert run.code == 0
    listed = re.findall(r"^  ([a-z]+) ", run.out.partition("Commands:")[2], re.MULTILINE)
    assert listed == sorted(VERBS)
    assert re.fullmatch(r"troly, version \d+\.\d+\.\d+\n", troly("--version").out)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_an_example_and_a_state(verb: str, troly: Troly) -> None:
    run = troly(verb, "-h")
    assert run.code == 0
    assert re.search(rf"Examples?:\s+(.+\n\s+)?troly {verb}\b", run.out), run.out
    subcommands = re.findall(r"^  ([a-z]+)  ", run.out.partition("Commands:")[2], re.MULTILINE)
    for name in subcommands:
        text = troly(verb, name, "-h").out
        assert f"troly {verb} {name}" in text and "--state" in text
    assert subcommands or "--state DIRECTORY" in run.out
    if "--json" in run.out and not subcommands:
        assert "JSON:" in run.out, "the keys are documented"


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "no_SUCH.locale"])
def test_any_locale(locale: str, troly: Troly, tmp_path: Path) -> None:
    env = {"LANG": locale, "LC_ALL": locale}
    run = troly("understand", FEES, "--json", **env)
    assert (run.code, run.err) == (0, "")
    assert (run.json["heard"], run.json["intent"]) == (FEES, "fees")
    run = troly("listen", tmp_path / "không có.wav", **env)
    assert_refused(run, "“không có.wav”")
    run = troly("speak", "-", "-o", tmp_path / "tiếng nói.wav", "--json", stdin="Đảng phí.", **env)
    assert run.code == 0, run.err
    assert run.json["sentences"][0]["words"] == "đảng phí"
    assert (tmp_path / "tiếng nói.wav").is_file()

"""Free transcription: loops are mended, invented lines dropped, hypotheses ranked."""

from __future__ import annotations

import numpy as np
import pytest
from made_sound import REGIONS, silence, spoken, tone, white_noise
from rapidfuzz import fuzz

from voice.endpoint import Utterance, cut_utterance
from voice.pcm import Samples
from voice.whisper.model import WhisperModel
from voice.whisper.transcribe import Transcriber, is_loop, is_outro


@pytest.fixture(scope="module")
def transcriber(model: WhisperModel) -> Transcriber:
    return Transcriber(model)


@pytest.mark.parametrize(
    "text",
    [
        "Hãy subscribe cho kênh Ghiền Mì Gõ Để không bỏ lỡ những video hấp dẫn",
        "Cảm ơn các bạn đã theo dõi và hẹn gặp lại.",
        "Cám ơn các bạn đã lắng nghe",
        "Các bạn hãy đăng ký kênh để ủng hộ kênh của mình nhé",
        "Phụ đề được thực hiện bởi cộng đồng",
        "hẹn gặp lại các bạn trong những video tiếp theo",
    ],
)
def test_how_videos_end_is_an_outro(text: str) -> None:
    assert is_outro(text) and is_outro(text.upper())


@pytest.mark.parametrize(
    "text",
    ["cảm ơn cháu", "xem lịch họp chi bộ", "đăng ký lớp cảm tình đảng", "họp xong gặp lại bí thư",
     "cho tôi xem video bản tin", "theo dõi thi đua của đảng viên", "lắng nghe ý kiến đảng viên"],
)  # fmt: skip
def test_what_a_secretary_says_is_no_outro(text: str) -> None:
    assert not is_outro(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("đã bắt đầu đã bắt đầu đã bắt đầu", 5.0),
        ("Trên thực tế, các nghi ngờ đã xuất hiện. " * 8, 30.0),
        ("với với với", 2.0),
        ("một hai ba bốn năm sáu bảy tám chín mười", 1.0),
        ("a b c d e f g h", 0.2),
    ],
)
def test_loops(text: str, seconds: float) -> None:
    assert is_loop(text, seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 1.0),
        ("họp chi bộ tháng này thế nào", 1.4),
        ("thôi thôi", 0.6),
        ("chi bộ khu phố một và chi bộ khu phố hai họp chung", 4.0),
        ("một trăm một mươi một", 2.0),
        ("Đảng viên chuyển sinh hoạt đảng chính thức thì nộp hồ sơ cho chi ủy nơi chuyển đi, "
         "chi ủy viết nhận xét rồi gửi lên đảng ủy phường để giới thiệu đến nơi mới", 12.0),
    ],
)  # fmt: skip
def test_speech_is_no_loop(text: str, seconds: float) -> None:
    assert not is_loop(text, seconds)


NOTHING = {
    "silence": silence(2),
    "noise": white_noise(2),
    "soft noise": white_noise(2, 0.01),
    "440 Hz": tone(2),
}


@pytest.mark.parametrize("what", NOTHING)
def test_nothing_is_written_down_where_nobody_speaks(what: str, transcriber: Transcriber) -> None:
    transcript = transcriber.transcribe(cut_utterance(NOTHING[what]))
    assert transcript.hypotheses == () and transcript.text == ""
    assert transcript.no_speech == 1.0 and not transcript.fell_back


@pytest.mark.parametrize("what", ["silence", "noise"])
def test_if_the_detector_let_noise_pass_no_outro_would_come_of_it(
    what: str, transcriber: Transcriber
) -> None:
    sound: Samples = NOTHING[what]
    transcript = transcriber.transcribe(Utterance(sound, 0.0, 2.0))
    assert not any(is_outro(h.text) for h in transcript.hypotheses)
    assert transcript.no_speech > 0.5
    assert transcript.fell_back, "a text this improbable is not believed at once"
    assert (
        not transcript.text
        or transcript.hypotheses[0].score < -1.0
        or is_loop(transcript.text, 2.0)
    )


@pytest.mark.parametrize("region", REGIONS)
def test_hypotheses_are_distinct_and_ranked(region: str, transcriber: Transcriber) -> None:
    text = "xây dựng kế hoạch của chi bộ tháng này"
    utterance = cut_utterance(spoken(text, region))  # type: ignore[arg-type]
    transcript = transcriber.transcribe(utterance)
    texts = [h.text for h in transcript.hypotheses]
    scores = [h.score for h in transcript.hypotheses]
    assert 2 <= len(texts) == len(set(texts)) <= 5
    assert scores == sorted(scores, reverse=True) and scores[0] < 0
    assert transcript.text == texts[0]
    # eSpeak is hard for the model, but this is not noise.
    assert max(fuzz.ratio(t.lower(), text) for t in texts) > 45
    assert not is_loop(transcript.text, utterance.seconds)


def test_a_loop_is_worth_less_than_any_other_text(
    model: WhisperModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder that repeats itself is sure of what it says. The answers here are set, so that
    the fallback is tried in every order."""
    loop, plain, clear = "đi nào đi nào đi nào", "chi bộ họp", "họp chi bộ"
    answers: list[tuple[str, float]] = []

    def generate(*args: object, **kwargs: object) -> tuple[list[tuple[list[int], float]], float]:
        text, score = answers.pop(0)
        return [(model.tokens(text), score)], 0.1

    monkeypatch.setattr(model, "generate", generate)
    utterance = cut_utterance(spoken("họp chi bộ"))

    def chosen(*given: tuple[str, float]) -> str:
        answers[:] = given
        return Transcriber(model).transcribe(utterance).text

    assert chosen((loop, -0.2), (plain, -2.0), (loop, -0.1)) == plain
    assert chosen((plain, -2.0), (loop, -0.1), (loop, -0.1)) == plain
    assert chosen((plain, -2.0), (loop, -0.1), (clear, -1.5)) == clear
    assert chosen((loop, -0.2), (clear, -0.5)) == clear, "a text that passes ends the search"
    assert chosen((clear, -0.5)) == clear
    assert not answers


def test_an_encoding_at_hand_is_used(model: WhisperModel, transcriber: Transcriber) -> None:
    utterance = cut_utterance(spoken("bản tin của phường tháng này"))
    fresh = transcriber.transcribe(utterance)
    other = model.encode(cut_utterance(spoken("hồ sơ kết nạp đảng viên mới")).samples)
    assert transcriber.transcribe(utterance, model.encode(utterance.samples)) == fresh
    assert transcriber.transcribe(utterance, other).text != fresh.text


def test_domain_words_bias_the_text(model: WhisperModel) -> None:
    utterance = cut_utterance(spoken("chi bộ khu phố", "nam"))
    plain = Transcriber(model).transcribe(utterance)
    biased = Transcriber(model, bias="chi bộ khu phố").transcribe(utterance)
    wanted = "chi bộ khu phố"

    def best(texts: list[str]) -> float:
        return max(fuzz.ratio(t.lower(), wanted) for t in texts)

    assert best([h.text for h in biased.hypotheses]) > best([h.text for h in plain.hypotheses])


def test_fewer_hypotheses_when_asked(model: WhisperModel) -> None:
    utterance = cut_utterance(spoken("đóng đảng phí"))
    one = Transcriber(model, hypotheses=1).transcribe(utterance)
    assert len(one.hypotheses) == 1
    assert np.isfinite(one.hypotheses[0].score)

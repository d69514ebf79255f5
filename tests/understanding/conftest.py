from __future__ import annotations

import pytest

from intents.matcher import Matcher
from intents.phrase_files import PhraseBook, load_phrase_book


@pytest.fixture(scope="session")
def book() -> PhraseBook:
    return load_phrase_book()


@pytest.fixture(scope="session")
def matcher(book: PhraseBook) -> Matcher:
    return Matcher(book)

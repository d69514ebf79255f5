from __future__ import annotations

import pytest

from intents.matcher import Matcher
from intents.phrase_files import PhraseBook, load_phrase_book
from kiosk.state import State, default_state_dir


@pytest.fixture(scope="session")
def book() -> PhraseBook:
    return load_phrase_book()


@pytest.fixture(scope="session")
def matcher(book: PhraseBook) -> Matcher:
    # What `make setup` learned; without it this takes half a minute.
    return Matcher(book, cache=State(default_state_dir()).cache)

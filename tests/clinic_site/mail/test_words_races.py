"""Two owners save words at the same moment: both are kept, or the later one is told."""

from functools import partial

import pytest

from clinic_site.mail.models import EmailWords
from clinic_site.mail.words.registry import editable_email
from clinic_site.mail.words.stored import TRIES, WordsConflict, current_words, save_words
from tests.factories import make_clinic, make_user
from tests.threads import all_at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

REMINDER = "booking/appointment_reminder"


def test_of_several_who_change_one_part_at_once_one_saves_and_the_others_are_told() -> None:
    make_clinic()
    email, by = editable_email(REMINDER), make_user("Owners")
    seen = current_words(email).words
    save = [
        partial(save_words, email, seen | {"opening": f"From owner {number}."}, seen=seen, by=by)
        for number in range(TRIES)
    ]
    assert outcomes(all_at_once(save)) == {"list": 1, WordsConflict.__name__: TRIES - 1}
    assert EmailWords.objects.get().words == current_words(email).words["opening"]


def test_those_who_change_different_parts_at_once_all_save() -> None:
    make_clinic()
    email, by = editable_email(REMINDER), make_user("Owners")
    seen = current_words(email).words
    new = {"heading": "See you soon", "opening": "We look forward to it.", "greeting": "Hi!"}
    save = [partial(save_words, email, seen | {part: new[part]}, seen=seen, by=by) for part in new]
    assert outcomes(all_at_once(save)) == {"list": len(new)}
    assert current_words(email).words == seen | new
    assert sorted(EmailWords.objects.values_list("number", flat=True)) == [1, 2, 3]

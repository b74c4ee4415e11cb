"""The calendar's scale: five minutes are a row, what overlaps stands side by side."""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.desk.calendar.layout import PieceKind, lay_out
from booking.scheduling.agenda import AgendaEntry, Kind, PersonsDay

DAY = date(2027, 1, 6)

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def wall(minutes: int) -> datetime:
    return datetime.combine(DAY, datetime.min.time()) + timedelta(minutes=minutes)


def entry(begins: int, ends: int) -> AgendaEntry:
    return AgendaEntry(Kind.BLOCK, wall(begins), wall(ends), 1)


def day_of(*entries: AgendaEntry, hours: tuple[int, int] = (540, 1020)) -> PersonsDay:
    return PersonsDay(DAY, None, hours=[(wall(hours[0]), wall(hours[1]))], entries=[*entries])


SPANS = st.tuples(st.integers(0, 1390), st.integers(1, 300)).map(
    lambda span: (span[0], min(span[0] + span[1], 1439))
)


@PATIENT
@given(st.lists(SPANS, max_size=8).map(sorted))
def test_nothing_ever_hides_something_else(spans: list[tuple[int, int]]) -> None:
    [column] = lay_out([day_of(*(entry(*span) for span in spans))]).columns
    seen = set()
    for piece in column.pieces:
        lanes = range(1, column.lanes + 1) if piece.kind == PieceKind.FREE else [piece.lane]
        cells = {(row, lane) for row in piece.span for lane in lanes}
        assert not cells & seen
        seen |= cells
    assert len([p for p in column.pieces if p.kind == PieceKind.ENTRY]) == len(spans)


@PATIENT
@given(st.lists(SPANS, max_size=5).map(sorted), st.integers(15, 120))
def test_a_visit_is_put_down_only_where_it_fits(spans: list[tuple[int, int]], minutes: int) -> None:
    days = [day_of(*(entry(*span) for span in spans))]
    [column] = lay_out(days, length=timedelta(minutes=minutes)).columns
    taken = {row for piece in column.pieces if piece.kind == PieceKind.ENTRY for row in piece.span}
    for piece in column.pieces:
        if piece.kind == PieceKind.FREE:
            rows = range(piece.span.start, piece.span.start + -(-minutes // 5))
            assert rows.start >= 540 // 5
            assert rows.stop <= 1020 // 5
            assert not taken.intersection(rows)


def test_the_free_time_between_is_cut_at_half_hours() -> None:
    [column] = lay_out([day_of(entry(595, 655))]).columns
    free = [piece.begins.strftime("%H:%M") for piece in column.pieces if piece.kind == "free"]
    assert free[:5] == ["09:00", "09:30", "10:55", "11:30", "12:00"]


def test_a_day_without_hours_shows_the_usual_ones() -> None:
    layout = lay_out([PersonsDay(DAY, None)])
    assert [hour.hour for hour in layout.hours] == [*range(9, 17)]

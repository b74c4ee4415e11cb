"""A link leads to what it is about: not into the admin, a document, or through a redirect."""

import pytest

from clinic_site.pages.pasting.addresses import Trace, kept_address, trace_of
from clinic_site.pages.pasting.stored_text import traces_in, without_traces

WHO = "https://www.who.int/activity?a=1"
CODED = "https%3A%2F%2Fwww.who.int%2Factivity%3Fa%3D1"
OWN = ["clinic.example"]


@pytest.mark.parametrize(
    "redirect",
    [
        f"https://www.google.com/url?sa=t&url={CODED}&usg=x",
        f"https://www.google.co.uk/url?q={CODED}&sa=D",
        "https://www.bing.com/ck/a?!&&p=x&u=a1aHR0cHM6Ly93d3cud2hvLmludC9hY3Rpdml0eT9hPTE&ntb=1",
        f"https://duckduckgo.com/l/?uddg={CODED}&rut=x",
        f"https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU={CODED}/RK=2/RS=x-",
        f"https://l.facebook.com/l.php?u={CODED}&h=x",
        f"https://gcc02.safelinks.protection.outlook.com/?url={CODED}&data=05",
        f"https://www.youtube.com/redirect?event=d&q={CODED}",
        f"https://www.google.com./url?q={CODED}",
        f"https://www.google.com/aclk?sa=l&adurl={CODED}",
        f"https://scholar.google.com/scholar_url?url={CODED}&hl=en",
        f"https://translate.google.com/translate?sl=de&u={CODED}",
        "https://www.bing.com/aclk?ld=x&u=a1aHR0cHM6Ly93d3cud2hvLmludC9hY3Rpdml0eT9hPTE",
        f"https://search.yahoo.com/r/_ylt=A/RU={CODED}/RK=0",
        f"https://r.search.yahoo.co.jp/RU={CODED}",
        f"https://search.aol.com/click/_ylt=A/RV=2/RU={CODED}/RK=0/RS=x-",
        f"https://cr3.naver.com/rd?m=1&u={CODED}",
        f"https://search.brave.com/redirect?url={CODED}",
        f"https://www.ecosia.org/link?url={WHO}",
        f"https://yandex.com/clck/jsredir?from=x&url={CODED}",
        f"https://www.so.com/link?url={CODED}",
        f"https://www.pinterest.com/offsite/?token=1&url={CODED}",
        f"https://urldefense.com/v3/__{WHO}__;!!x",
        "https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3D"
        "https%253A%252F%252Fwww.who.int%252Factivity%253Fa%253D1",
    ],
)
def test_a_redirect_gives_way_to_where_it_leads(redirect: str) -> None:
    assert trace_of(redirect, OWN) is Trace.REDIRECT
    assert kept_address(redirect, OWN) == WHO


@pytest.mark.parametrize(
    "nowhere",
    [
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/url?sa=t&usg=x",
        "https://www.bing.com/ck/a?u=a1%%%",
        "https://www.baidu.com/link?url=secret",
        "https://m.baidu.com/link?url=secret",
        "https://www.sogou.com/link?url=secret",
        "https://yabs.yandex.ru/count/secret",
        "https://news.google.com/rss/articles/CBMiSecret?oc=5",
        "#_ftn1",
        "#_ftnref1",
        "#_Toc12345",
        "#sdfootnote1sym",
        "#ftnt1",
        "#heading=h.3znysh7",
        "file:///C:/Users/staff/clip_image001.png",
        "/admin/pages/3/edit/",
        "http://clinic.example/admin/pages/add/blog/articlepage/5/#_ftn1",
        "https://clinic.example:8000/%61dmin/",
        "http://127.0.0.1:8000/admin/#_ftn1",
        "http://clinic.example/admin",
        "http://clinic.example./admin/",
        "http://clinic.example\\admin\\pages",
        "\\admin\\pages",
        "/./admin/pages/",
        "/fitness/../admin/",
        "/Admin/pages/",
        "../../admin/pages/3/edit/",
        "pages/3/edit/",
        "plan.html",
        "C:\\Users\\staff\\plan.docx",
        "http://[",
    ],
)
def test_what_no_reader_can_follow_is_no_link(nowhere: str) -> None:
    assert kept_address(nowhere, OWN) is None


@pytest.mark.parametrize(
    "address",
    [
        WHO,
        "https://www.google.com/search?q=hips",
        "https://search.brave.com/search?q=hips",
        "https://search.yahoo.com/search?p=hips",
        "https://yandex.com/search/?text=https",
        "https://www.so.com/",
        "/fitness/admin/",
        "https://www.google.com/maps/place/x",
        "https://elsewhere.example/admin/",
        "/administration/",
        "/fitness/#section-hips",
        "#section-hips",
        "mailto:desk@clinic.example",
        "tel:+18058806533",
    ],
)
def test_other_addresses_stay_as_they_are(address: str) -> None:
    assert trace_of(address, OWN) is None
    assert kept_address(address, OWN) == address


def test_a_page_is_kept_without_the_footnote_in_it() -> None:
    assert kept_address("https://paper.example/a.htm#_ftn3", OWN) == "https://paper.example/a.htm"


def test_stored_text_keeps_its_words_and_its_other_links() -> None:
    stored = (
        '<p>See <a linktype="page" id="3">this</a>, <a href="/admin/#_ftn1"><b>[1]</b></a> and '
        f'<a href="https://www.google.com/url?q={CODED}&amp;sa=D">that</a>.</p>'
    )
    assert without_traces(stored) == (
        f'<p>See <a linktype="page" id="3">this</a>, <b>[1]</b> and <a href="{WHO}">that</a>.</p>'
    )
    assert list(traces_in(stored)) == [(Trace.ADMIN, "[1]"), (Trace.REDIRECT, "that")]
    assert list(traces_in(without_traces(stored))) == []

"""The article page: kept, made anew, and made anew in a database with years of content."""

from collections.abc import Iterator
from statistics import median

from django.test import Client

from bench.bytecodes import bytecodes
from bench.content import fill
from bench.rows import Row
from bench.site import FRESH, Site

ROUNDS = 3


def measure(site: Site) -> Iterator[Row]:
    address = site.article.url
    rounds = [(site.load_bare(), site.load(address)) for _round in range(ROUNDS)]
    share = median(kept.requests_a_second / bare.requests_a_second for bare, kept in rounds)
    yield Row("article, kept: throughput of a bare view's", f"{share:.0%}", "≥ 80 %")

    for what, asked in {"kept": address, "made anew": address + FRESH}.items():
        bar = "≤ the bare view's" if what == "kept" else "≤ 300,000"
        yield Row(f"article, {what}: bytecodes", f"{bytecodes(asked):,}", bar)
    alone = _times_bare(site, address)
    yield Row("article, made anew: processor time of a bare view's", f"{alone:.1f} ×", "≤ 25 ×")
    yield Row("article, made anew: queries", str(site.queries(address + FRESH)), "≤ 12")
    first = site.first_queries(address + FRESH)
    yield Row("article, first of a process: queries", str(first), "≤ 12")
    yield from _sizes(address)

    fill(site.article)
    full = _times_bare(site, address)
    yield Row("the same in a full database, of itself", f"{full / alone:.2f} ×", "≤ 1.3 ×")


def _times_bare(site: Site, address: str) -> float:
    rounds = [(site.load_bare(), site.load(address + FRESH)) for _round in range(ROUNDS)]
    return median(fresh.processor_ms / bare.processor_ms for bare, fresh in rounds)


def _sizes(address: str) -> Iterator[Row]:
    for encoding, bar in {"identity": "≤ 60 KB", "gzip": "", "br": "≤ 14 KB"}.items():
        client = Client(headers={"host": "127.0.0.1", "accept-encoding": encoding})
        size = len(client.get(address).content) / 1024
        yield Row(f"article: HTML, {encoding}", f"{size:.1f} KB", bar)

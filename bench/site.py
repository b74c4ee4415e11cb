"""The site with an article as the bars describe it, and a bare view to compare it with."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from urllib.request import urlopen

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.load import Load, put_load_on, wait_for
from blog.models import ArticlePage
from clinic_site.images.renditions import make_due_renditions
from clinic_site.pages.context import warm_up
from comments.models import Comment
from tests.factories import figure, free_port, make_article, make_clinic, make_image

ROOT = Path(__file__).parent.parent
# A query that no page knows, so each answer is made anew.
FRESH = "?fresh"
# A process that is replaced while it is measured takes its figures with it.
CONFIG = ["--config", "gunicorn.conf.py", "--max-requests", "0"]
PARAGRAPH = "<p>{}</p>".format("The psoas ties the spine to the legs and turns with both. " * 6)


class Site:
    """Two processes of gunicorn for the site, and two for the bare view."""

    def __enter__(self) -> "Site":
        self._stack = ExitStack()
        make_clinic()
        self.article = full_article()
        self.url = self._serve("clinic_site.wsgi", CONFIG, self.article.url)
        with urlopen(f"{self.url}{self.article.url}") as page:  # noqa: S310
            self.bare_url = self._serve_bare(page.read())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def load(self, address: str) -> Load:
        return put_load_on(f"{self.url}{address}")

    def load_bare(self) -> Load:
        return put_load_on(f"{self.bare_url}/")

    def queries(self, address: str) -> int:
        client = Client(headers={"host": "127.0.0.1"})
        client.get(address)  # what a process remembers, it has read by now
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    def first_queries(self, address: str) -> int:
        """Count what the first reader of a process costs, after what gunicorn has it read."""
        for cache in caches.all():
            cache.clear()
        ContentType.objects.clear_cache()
        warm_up()
        with CaptureQueriesContext(connection) as asked:
            Client(headers={"host": "127.0.0.1"}).get(address)
        return len(asked)

    def _serve_bare(self, body: bytes) -> str:
        file = Path(settings.VAR_DIR) / "bare.html"
        file.write_bytes(body)
        # Its own options, since the site's configuration also reads the clinic's details.
        options = [
            "--config",
            os.devnull,
            "--workers",
            "2",
            "--threads",
            "4",
            "--log-level",
            "error",
        ]
        return self._serve("bench.bare", options, "/", BARE_FILE=str(file))

    def _serve(self, application: str, options: list[str], ready: str, **variables: str) -> str:
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options, f"-b127.0.0.1:{port}", application],
            cwd=ROOT,
            env=os.environ | {"HTTP_PORT": str(port), "WEB_CONCURRENCY": "2"} | variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(server.wait)
        self._stack.callback(server.terminate)
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}{ready}", server)
        return url


def full_article() -> ArticlePage:
    """An article with four figures and thirty comments, its pictures made."""
    ids = [f"{number}{number}111111-1111-4111-8111-111111111111" for number in range(1, 5)]
    body: list[object] = []
    for number, figure_id in enumerate(ids, start=1):
        reference = f'<p>See <a linktype="figure" figure="{figure_id}">Fig.</a></p>'
        heading = {"type": "heading", "value": {"text": f"Part {number}", "level": "h2"}}
        paragraph = {"type": "paragraph", "value": PARAGRAPH + reference + PARAGRAPH}
        body += [heading, paragraph, figure(figure_id, make_image(size=(1300, 900)))]
    article = make_article(body=body)
    article.save_revision().publish()
    while make_due_renditions(timezone.now()):
        pass
    add_comments(article, 30)
    return article


def add_comments(article: ArticlePage, count: int) -> None:
    Comment.objects.bulk_create(
        (
            Comment(
                page=article,
                name="Priya",
                text="It clicked for me after a week.\n\nThank you for writing this down so well.",
                state=Comment.State.APPROVED,
                decided_at=timezone.now(),
            )
            for _number in range(count)
        ),
        batch_size=2000,
    )

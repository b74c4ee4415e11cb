"""Exports as WordPress writes them, small ones with words of our own."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from wordpress.report import Level, Report

OLD = "https://old.example"
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
{doctype}<!-- generator="WordPress/6.4" -->
<rss version="2.0"
  xmlns:excerpt="{scheme}://wordpress.org/export/{version}/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="{scheme}://wordpress.org/export/{version}/">
<channel>
  <title>Old clinic</title><link>{old}</link>
  <wp:wxr_version>{version}</wp:wxr_version>
  <wp:base_site_url>{old}</wp:base_site_url><wp:base_blog_url>{old}</wp:base_blog_url>
  {declared}
"""
AUTHOR = (
    "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>kim</wp:author_login>"
    "<wp:author_email>kim@old.example</wp:author_email>"
    "<wp:author_display_name>Kim Ito</wp:author_display_name></wp:author>"
)
END = "</channel></rss>\n"


def export(
    *items: str,
    declared: str = AUTHOR,
    version: str = "1.2",
    scheme: str = "http",
    doctype: str = "",
) -> str:
    head = HEAD.format(declared=declared, version=version, scheme=scheme, doctype=doctype, old=OLD)
    return head + "\n".join(items) + END


def cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def item(
    number: object = 1,
    content: str = "Words.",
    *,
    kind: str = "post",
    title: str = "Sleep well",
    slug: str | None = "sleep-well",
    status: str = "publish",
    date: str = "2019-05-01 12:00:00",
    excerpt: str = "How to sleep.",
    parent: object = 0,
    order: int = 0,
    password: str = "",
    terms: str = '<category domain="category" nicename="rest"><![CDATA[Rest]]></category>',
    meta: dict[str, str] | None = None,
    comments: Iterable[str] = (),
    link: str | None = None,
    more: str = "",
) -> str:
    told = "".join(
        f"<wp:postmeta><wp:meta_key>{name}</wp:meta_key>"
        f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        for name, value in (meta or {}).items()
    )
    return f"""<item>
  <title>{cdata(title)}</title>
  <link>{escape(link if link is not None else f"{OLD}/{slug}/")}</link>
  <dc:creator>{cdata("kim")}</dc:creator>
  <content:encoded>{cdata(content)}</content:encoded>
  <excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>
  <wp:post_id>{number}</wp:post_id>
  <wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>
  <wp:comment_status>open</wp:comment_status>
  <wp:post_name>{cdata(slug or "")}</wp:post_name>
  <wp:status>{status}</wp:status>
  <wp:post_parent>{parent}</wp:post_parent><wp:menu_order>{order}</wp:menu_order>
  <wp:post_type>{kind}</wp:post_type>
  <wp:post_password>{cdata(password)}</wp:post_password>
  {terms}{told}{more}{"".join(comments)}
</item>"""


def page(number: object, content: str = "Words.", **fields: object) -> str:
    defaults: dict[str, object] = {"kind": "page", "terms": "", "excerpt": ""}
    return item(number, content, **defaults | fields)  # type: ignore[arg-type]


def attachment(number: object, path: str, **fields: object) -> str:
    defaults: dict[str, object] = {
        "kind": "attachment",
        "status": "inherit",
        "title": Path(path).stem,
        "slug": Path(path).stem,
        "terms": "",
        "excerpt": "",
        "content": "",
        "meta": {"_wp_attached_file": path},
        "more": f"<wp:attachment_url>{OLD}/wp-content/uploads/{path}</wp:attachment_url>",
    }
    return item(number, **defaults | fields)  # type: ignore[arg-type]


def comment(
    number: object = 1,
    text: str = "Thank you.",
    *,
    parent: object = 0,
    state: str = "1",
    kind: str = "comment",
    name: str = "Ann",
    email: str = "ann@reader.example",
    user: object = 0,
) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        f"<wp:comment_author>{cdata(name)}</wp:comment_author>"
        f"<wp:comment_author_email>{email}</wp:comment_author_email>"
        f"<wp:comment_author_IP>198.51.100.7</wp:comment_author_IP>"
        f"<wp:comment_date>2020-01-02 03:04:05</wp:comment_date>"
        f"<wp:comment_date_gmt>2020-01-02 03:04:05</wp:comment_date_gmt>"
        f"<wp:comment_content>{cdata(text)}</wp:comment_content>"
        f"<wp:comment_approved>{state}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>"
        f"<wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"
    )


def notes(report: Report, level: Level) -> list[str]:
    return [note.words for entry in report.entries for note in entry.notes if note.level == level]

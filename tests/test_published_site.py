"""What a published site says about itself: everything with an address, nothing without one."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from justhtml import JustHTML
from published_site import report_address
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent
SITE = "https://example.org/team/course/"
REPOSITORY = "https://git.example.org/team/course"


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Return a function that builds two pages, with these addresses in the configuration, and gives Sphinx."""
    for name in ("SITE", "REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "index.rst").write_text(
        'The *course*\n============\n\nA customer says "no" & waits.\n\n.. toctree::\n\n   how_to_use\n'
    )
    (tmp_path / "book" / "how_to_use.rst").write_text("How to use\n==========\n\nRead it.\n")

    def run(site="", repository=""):
        settings = {
            "extensions": ["published_site"],
            "project": "Course",
            "html_title": "Course",
            "root_doc": "book/index",
            "templates_path": [str(ROOT / "website" / "templates")],
            "html_additional_pages": {"index": "root.html"},
            "html_theme": "basic",
            "html_baseurl": site,
            "html_theme_options": {"repository_url": repository},
        }
        app = Sphinx(
            tmp_path, None, tmp_path / "built", tmp_path / "trees", "html", settings, status=None, warning=None
        )
        app.build()
        return app

    return run


def tags(page):
    """Return the tags of a page's preview, by name."""
    found = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("meta", property=True)
    return {tag["property"]: tag["content"] for tag in found}


def test_without_an_address_nothing_names_one(build):
    site = build().outdir
    assert [name for name in ("404.html", "sitemap.xml", "robots.txt") if (site / name).exists()] == []
    text = (site / "book" / "index.html").read_text(encoding="utf-8")
    assert "canonical" not in text
    assert "og:" not in text
    assert tags(site / "index.html") == {}


@pytest.mark.parametrize("address", [SITE, SITE.rstrip("/")])
def test_with_an_address_every_page_says_its_own(build, address):
    site = build(address).outdir
    page = BeautifulSoup((site / "book" / "how_to_use.html").read_text(encoding="utf-8"), "html.parser")
    assert page.find("link", rel="canonical")["href"] == f"{SITE}book/how_to_use.html"


def test_a_shared_link_shows_title_description_and_picture(build):
    shown = tags(build(SITE).outdir / "book" / "index.html")
    assert shown["og:title"] == "The course"
    assert shown["og:description"] == "A customer says “no” & waits."
    assert shown["og:url"] == f"{SITE}book/index.html"
    assert shown["og:site_name"] == "Course"
    assert shown["og:image"] == f"{SITE}_static/share.png"


def test_the_root_of_the_site_can_be_shared_too(build):
    shown = tags(build(SITE).outdir / "index.html")
    assert (shown["og:title"], shown["og:description"]) == ("Course", "A customer says “no” & waits.")


def test_the_picture_is_as_large_as_the_tags_say():
    data = (ROOT / "website" / "assets" / "share.png").read_bytes()
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1200, 630)


def test_the_site_map_lists_the_pages_and_robots_find_it(build):
    site = build(SITE).outdir
    places = [place.text for place in ET.parse(site / "sitemap.xml").iter() if place.tag.endswith("loc")]
    assert places == [f"{SITE}book/how_to_use.html", f"{SITE}book/index.html"]
    assert f"Sitemap: {SITE}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_the_page_for_missing_addresses_works_at_any_depth(build):
    text = (build(SITE).outdir / "404.html").read_text(encoding="utf-8")
    assert JustHTML(text, collect_errors=True).errors == []
    links = re.findall(r'(?:href|src)="([^"]+)"', text)
    assert len(links) > 3
    assert [link for link in links if not link.startswith((SITE, "data:"))] == []
    assert not (ROOT / "_build" / "html" / "book").exists() or all(
        (ROOT / "_build" / "html" / link.removeprefix(SITE)).exists() for link in links if link.startswith(SITE)
    )


def test_the_environment_comes_before_the_configuration(build, monkeypatch):
    monkeypatch.setenv("SITE", SITE)
    monkeypatch.setenv("REPOSITORY", REPOSITORY)
    config = build("https://example.org/other/", "https://example.org/else").config
    assert (config.html_baseurl, config.repository) == (SITE, REPOSITORY)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"site": "example.org"}, "SITE, or html: baseurl in _config.yml: found 'example.org'; expected an address"),
        ({"repository": "team/course"}, "repository: url in _config.yml: found 'team/course'; expected an address"),
    ],
)
def test_what_is_no_address_is_refused(build, setting, words):
    with pytest.raises(ConfigError, match=re.escape(words)):
        build(**setting)


def test_a_mistake_is_reported_with_its_page_if_there_is_a_place_for_it():
    assert report_address("", "book/05_crm") is None
    assert (
        report_address(f"{REPOSITORY}.git", "book/05_crm")
        == f"{REPOSITORY}/issues/new?template=mistake.yml&page=book%2F05_crm"
    )
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "mistake.yml").read_text(encoding="utf-8"))
    assert "page" in {field["id"] for field in form["body"]}


def test_the_book_cites_itself_as_the_citation_file_does():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    said = (ROOT / "book" / "how_to_use.md").read_text(encoding="utf-8")
    year, version = citation["date-released"].year, citation["version"]
    assert f"> {citation['authors'][0]['name']} ({year}). *{citation['title']}* (version {version})." in said

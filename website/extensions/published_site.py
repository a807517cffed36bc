"""What a published site says about itself: canonical addresses, a site map, cards for shared links, a page for 404.

All of it names the address of the site: ``html: baseurl`` in ``_config.yml``, or the variable SITE. Without an address
nothing of it is written, because a wrong one is worse than none. The address of the project, ``repository: url`` or the
variable REPOSITORY, adds to the foot of each page where to report a mistake.
"""

import html
import os
import re
from urllib.parse import urlencode

from markupsafe import Markup
from page_fixes import description
from page_parts import render
from sphinx.errors import ConfigError

CARD = {"image": "_static/share.png", "image:width": "1200", "image:height": "630"}
CARD_ALT = "A week of complaints makes the engagement rate five times as high: a figure of unit 09"
ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/\S*)?")
CITE = "book/how_to_use"


def _addresses(app, config):
    """Take both addresses from the environment if they stand there, and refuse what is none."""
    # taken from the theme, which refuses every host that it does not know
    configured = config.html_theme_options.pop("repository_url", "")
    found = {
        "SITE, or html: baseurl in _config.yml": os.environ.get("SITE") or config.html_baseurl,
        "REPOSITORY, or repository: url in _config.yml": os.environ.get("REPOSITORY") or configured,
    }
    for name, address in found.items():
        if address and not ADDRESS.fullmatch(address):
            raise ConfigError(f"{name}: found {address!r}; expected an address that begins with https://")
    site, config.repository = found.values()
    if site:
        config.html_baseurl = site.rstrip("/") + "/"
        config.html_additional_pages["404"] = "404.html"


def card(site, address, name, title, text):
    """Return the tags from which messengers and networks make the preview of a link (Open Graph)."""
    says = {"type": "website", "site_name": name, "title": title, "description": text, "url": address}
    says |= {**CARD, "image": site + CARD["image"], "image:alt": CARD_ALT}
    tags = [f'<meta property="og:{key}" content="{html.escape(value)}" />' for key, value in says.items()]
    return "\n".join([*tags, '<meta name="twitter:card" content="summary_large_image" />'])


def _share(app, pagename, templatename, context, doctree):
    """Add the card to a page of the book, and to the root of the site, which leads to the first page."""
    site, root = app.config.html_baseurl, app.config.root_doc
    context["site"] = site
    if pagename == "index":
        doctree, title = app.env.get_doctree(root), context["docstitle"]
    else:
        title = Markup(context.get("title", "")).striptags()
    if site and doctree is not None:
        metatags = context.get("metatags", "")
        tags = card(site, context["pageurl"], context["docstitle"], title, description(metatags, doctree))
        context["metatags"] = f"{metatags}\n{tags}"


def report_address(repository, pagename):
    """Return where a mistake on a page is reported, with the page filled in; None without a repository."""
    if not repository:
        return None
    return f"{repository.removesuffix('.git').rstrip('/')}/issues/new?" + urlencode(
        {"template": "mistake.yml", "page": pagename}
    )


def _foot(app, pagename, templatename, context, doctree):
    """Say at the foot of each page what readers may do with it, how to cite it, and where to report a mistake."""
    context["theme_extra_footer"] = render(
        "foot.html",
        cite=context["pathto"](CITE).rstrip("#") + "#how-to-cite",  # the way to the page itself is "#"
        report=report_address(app.config.repository, pagename),
    )


def site_map(site, pages):
    """Return the XML that tells search engines which pages there are (sitemaps.org)."""
    places = "\n".join(f"<url><loc>{html.escape(site + page)}.html</loc></url>" for page in sorted(pages))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{places}
</urlset>
"""


def _write_maps(app, exception):
    """Write what search engines ask for once the pages are written."""
    site = app.config.html_baseurl
    if exception is not None or app.builder.format != "html" or not site:
        return
    (app.outdir / "sitemap.xml").write_text(site_map(site, app.env.found_docs), encoding="utf-8")
    (app.outdir / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n", encoding="utf-8")


def setup(app):
    """Connect the steps."""
    app.add_config_value("repository", "", "html", [str])
    app.connect("config-inited", _addresses)
    app.connect("html-page-context", _share, priority=910)
    app.connect("html-page-context", _foot)
    app.connect("build-finished", _write_maps)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

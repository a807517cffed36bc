"""The button "Run in your browser" below the title of each notebook and exercise page, and links to servers if set.

The workbook for the browser stands below the book (``tools/build_lite.py``). The page of a solution leads to the
exercise: the reader wants to solve it. Nothing is requested before the reader follows a link.

In ``_config.yml``, ``repository: {url, branch}`` and ``run_elsewhere: {binder, jupyterhub}`` add links to servers.
"""

from urllib.parse import quote

from page_parts import render
from sphinx.errors import ConfigError

OPENS = {
    "notebooks": ("notebooks", "this notebook"),
    "solutions": ("exercises", "the exercise, without its solutions,"),
}
MEGABYTES = 65  # what the first visit loads, compressed as servers do; a browser test compares
HELP = "book/how_to_use"
SERVERS = {"binder": "Binder", "jupyterhub": "JupyterHub"}


def lite_address(path):
    """Return the address of a notebook in the workbook, relative to the root of the site."""
    return f"lite/notebooks/index.html?path={quote(path)}"


def server_links(servers, repository, branch, path):
    """Return name and address of a notebook on each server that is set; none without a repository.

    Binder gets the whole address of the repository; JupyterHub fetches it with its extension nbgitpuller.
    """
    if not repository:
        return []
    repository = repository.rstrip("/")
    folder = repository.rpartition("/")[2].removesuffix(".git")
    asked = quote(repository, safe="")
    tails = {
        "binder": f"/v2/git/{asked}/{quote(branch)}?urlpath=lab/tree/{path}",
        "jupyterhub": f"/hub/user-redirect/git-pull?repo={asked}&branch={quote(branch)}&urlpath="
        + quote(f"lab/tree/{folder}/{path}", safe=""),
    }
    return [
        {"name": name, "address": servers[key].rstrip("/") + tails[key]}
        for key, name in SERVERS.items()
        if servers.get(key)
    ]


def _add_button(app, pagename, templatename, context, doctree):
    """Put the button below the title."""
    folder, _, name = pagename.partition("/")
    if folder not in OPENS or doctree is None:
        return
    target, what = OPENS[folder]
    path = f"{target}/{name}.ipynb"
    branch = app.config.html_theme_options.get("repository_branch") or "main"
    html = render(
        "run-in-browser.html",
        address=context["content_root"] + lite_address(path),
        what=what,
        megabytes=MEGABYTES,
        help=f"{context['pathto'](HELP)}#run-in-your-browser",
        elsewhere=server_links(app.config.run_elsewhere, app.config.repository, branch, path),
    )
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{html}", 1)


def _check(app, config):
    unknown = sorted(set(config.run_elsewhere) - set(SERVERS))
    if unknown:
        raise ConfigError(f"run_elsewhere: found {unknown[0]!r}; expected {' or '.join(SERVERS)}")


def setup(app):
    """Register the setting and the button."""
    app.add_config_value("run_elsewhere", {}, "html", [dict])
    app.connect("config-inited", _check)
    app.connect("html-page-context", _add_button, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

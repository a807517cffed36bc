"""Directives that write a part of a page in MyST and have it read in place, so that links, terms and citations work."""

from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective


class WrittenDirective(SphinxDirective):
    """A directive whose ``markdown`` returns MyST; ``sources`` are the files that make the page be written again."""

    def sources(self, root):
        """Return the paths of the files that the text is made of."""
        raise NotImplementedError

    def markdown(self, root):
        """Return the text; raise ValueError with one sentence if a source does not fit."""
        raise NotImplementedError

    def parts(self, root):
        """Return the nodes of the text."""
        return [self.parsed(self.markdown(root), self.name)]

    def parsed(self, text, *classes):
        """Return MyST as nodes, in a container of these classes."""
        part = nodes.container(classes=list(classes))
        self.state.nested_parse(StringList(text.splitlines(), self.name), 0, part)
        return part

    def run(self):
        """Return what ``parts`` returns, and report what does not fit."""
        root = Path(self.env.srcdir)
        try:
            for path in self.sources(root):
                self.env.note_dependency(str(path))
            return self.parts(root)
        except (ValueError, OSError) as error:
            raise self.error(str(error)) from error

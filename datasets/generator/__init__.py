"""The invented year of Café Brisa, table by table: one module per part of the business."""

from . import audience, graph, interactions, mentions, posts

# In build order: a table comes after the tables whose keys it uses.
BUILDERS = {**posts.BUILDERS, **interactions.BUILDERS, **audience.BUILDERS, **mentions.BUILDERS, **graph.BUILDERS}

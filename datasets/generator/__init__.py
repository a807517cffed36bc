"""The invented year of Café Brisa, table by table: one module per part of the business."""

from . import (
    audience,
    checkout,
    crm,
    experience,
    graph,
    interactions,
    mentions,
    messages,
    people,
    posts,
    sales,
    service,
    visits,
)

# In build order: a table comes after the tables whose keys it uses.
BUILDERS = {
    **posts.BUILDERS,
    **interactions.BUILDERS,
    **audience.BUILDERS,
    **mentions.BUILDERS,
    **graph.BUILDERS,
    **sales.BUILDERS,
    **people.BUILDERS,
    **visits.BUILDERS,
    **service.BUILDERS,
    **messages.BUILDERS,
    **experience.BUILDERS,
    **checkout.BUILDERS,
    **crm.BUILDERS,
}

"""The invented year of Café Brisa, table by table: one module per part of the business."""

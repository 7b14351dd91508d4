"""Maps on disk and from a service: packages, tiles, boundaries, roads, places, components.

A *package* is one MBTiles file that carries a district or a city whole: vector tiles, boundaries,
the road graph and the places that matter in an emergency, each with the source and date of the
data. What is shown from it works without a network.
"""

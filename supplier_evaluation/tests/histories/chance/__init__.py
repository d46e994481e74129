"""Making histories up: as people make them, at random."""

from .inventor import Can, invent

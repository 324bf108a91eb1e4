"""chidao: a knowledge graph of Vietnamese public life. Who instructed whom about what, with the sentence that says so."""

__version__ = "0.1.0"

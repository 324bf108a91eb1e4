"""Measures underthesea's `ner` in one process: `underthesea_worker.py ARTICLES.jsonl RUNS STEP`; for `bench_read.py`, in its own venv.

Sentence by sentence, cut by underthesea itself: on a whole article its time grows with the square of the length (6.4 s an article
against 0.6 s), so this is the way in which it is used well.
"""

import json
import resource
import sys
from statistics import median
from time import perf_counter, process_time

from underthesea import ner, sent_tokenize  # type: ignore[import-not-found, unused-ignore]  # not a dependency: its own venv has it


def main(path: str, runs: int, step: int) -> dict[str, object]:
    """Tag every `step`-th article of `path` `runs` times, after one sentence that loads the models."""
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][::step]
    ner("Việt Nam")
    cpu, wall = [], []
    for _ in range(runs):
        start_cpu, start = process_time(), perf_counter()
        for text in texts:
            for sentence in sent_tokenize(text):
                ner(sentence)
        cpu.append(process_time() - start_cpu)
        wall.append(perf_counter() - start)
    return {
        "articles": len(texts),
        "characters": sum(map(len, texts)),
        "cpu": median(cpu),
        "wall": median(wall),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))

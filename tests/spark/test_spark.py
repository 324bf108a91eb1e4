"""The same sources on Spark (two cores of this machine) and on one machine: byte for byte the same graph.

One run over samples, made articles and broken inputs takes about half a minute. CHIDAO_SPARK_CORPUS=1 runs the 600 articles of
../shared/corpus, too.
"""

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner

from benchmarks.made_corpus import corpus
from kg.cli import cli
from kg.export.neo4j_csv import import_files
from kg.home import GraphHome
from kg.home.reviews import Review
from kg.identify.decisions import Decision
from kg.model.entities import Agency, Directive, Person
from kg.spark.session import why_not
from kg.stores.neo4j_access import Neo4jAccess
from loaders import load

pytestmark = [
    pytest.mark.skipif(why_not() is not None, reason=f"{why_not()} (make setup-spark)"),
    pytest.mark.xdist_group("neo4j"),  # one of them needs it, and all need the one run of Spark
]

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl"
MADE = 100
QUICK = [
    f"--conf={setting}"
    for setting in (
        "spark.sql.shuffle.partitions=2",
        "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.codegen.wholeStage=false",
        "spark.sql.codegen.factoryMode=NO_CODEGEN",
    )
]


def kg(*args, code=0):
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, args)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert found.returncode == code, found.stderr[-3000:]
    return found


def spark(*args, code=0):
    """A small run: most of its time would go into compiling what runs once."""
    return kg("build", "--engine", "spark", "--master", "local[2]", "--json", *QUICK, *args, code=code)


def lines(folder):
    """The lines of all parts of a table, sorted."""
    found = []
    for part in folder.glob("part-*"):
        data = part.read_bytes()
        found += (gzip.decompress(data) if part.suffix == ".gz" else data).split(b"\n")[:-1]
    return sorted(found)


def one_machine(path, sources, **given):
    with GraphHome(path, create=True) as home:
        return home.ingest(load([str(source) for source in sources], **given), workers=1)


def assert_same(out, home):
    graph = home.graph()
    quads = b"".join(graph.entities.nquads())
    assert lines(out / "nquads") == sorted(quads.split(b"\n")[:-1])
    for name, content in import_files(graph):
        table = out / ("neo4j" if name.endswith(".csv") else "neo4j-scripts") / f"table={name.removesuffix('.csv')}"
        if name != "import.sh":
            assert lines(table) == sorted(content.split(b"\n")[:-1]), name
    tables = {name.removesuffix(".csv") for name, _ in import_files(graph) if name.endswith(".csv")}
    assert {path.name.removeprefix("table=") for path in (out / "neo4j").glob("table=*")} == tables
    inputs = parquet.read_table(out / "inputs").to_pylist()
    told = [(r["source"], r["locator"] or None, r["article"] or None, r["outcome"], r["reason"]) for r in inputs]
    assert sorted(told, key=str) == sorted(map(tuple, home.sources()), key=str)
    read = {
        r["article"]: (r["variant"], r["digest"], r["reading"])
        for r in parquet.read_table(out / "readings").to_pylist()
    }
    stored = {one.id: (one.variant, one.digest, one.reading) for one in home.stored(sorted(read))}
    assert stored.keys() == read.keys()
    reviewed = home.reviews().by_article
    assert all(stored[ident] == read[ident] for ident in read if ident not in reviewed)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Samples, a WARC, made articles as JSON lines and Parquet (some in both), and every kind of broken input."""
    folder = tmp_path_factory.mktemp("sources")
    shutil.copytree(ROOT / "examples" / "articles", folder / "samples")
    shutil.copytree(ROOT / "tests" / "data" / "sources" / "warc", folder / "warc")
    records = [one.record for one in islice(corpus(MADE), MADE)]
    text = [json.dumps(record, ensure_ascii=False) for record in records[: MADE * 3 // 4]]
    # a version that lacks a sentence and has another: what it repeats is told once
    changed = "\n".join(
        [*records[0]["text"].split("\n")[:-1], "Lịch tiếp công dân tháng tới của các xã cũng được công bố."]
    )
    text.append(json.dumps({**records[0], "id": "changed", "text": changed}, ensure_ascii=False))
    text[7:7] = ["not JSON", "", '{"title": "không có nội dung"}']
    (folder / "made.jsonl").write_text("\n".join(text), encoding="utf-8")
    import pyarrow as pa

    wanted = ("id", "title", "text", "published", "author", "url", "outlet")
    rows = [{name: record.get(name) for name in wanted} for record in records[MADE * 2 // 3 :]]
    rows.insert(3, dict.fromkeys(wanted))
    parquet.write_table(pa.Table.from_pylist(rows), folder / "made.parquet", row_group_size=9)
    (folder / "cut.parquet").write_bytes((folder / "made.parquet").read_bytes()[:900])
    (folder / "zeros.jsonl").write_bytes(b"\0" * 100)
    return [
        folder / name
        for name in ("samples", "warc", "made.jsonl", "made.parquet", "cut.parquet", "zeros.jsonl", "none")
    ]


@pytest.fixture(scope="module")
def home(sources, tmp_path_factory):
    """The graph home of the sources, with decisions of every kind and reviews."""
    path = tmp_path_factory.mktemp("home")
    one_machine(path, sources)
    with GraphHome(path) as home:
        entities = list(home.graph().entities)
        people = [e.id for e in entities if isinstance(e, Person)]
        bodies = [e.id for e in entities if isinstance(e, Agency)]
        orders = [e for e in entities if isinstance(e, Directive)]
        clusters = {e.same_as: e.id for e in orders if e.same_as}
        home.decide(Decision(verdict="same", a=people[0], b=people[9]))
        home.decide(Decision(verdict="different", a=people[1], b=people[2]))
        home.decide(Decision(verdict="same", a=bodies[0], b=bodies[5]))
        home.decide(Decision(verdict="same", a=orders[0].id, b=orders[9].id))
        for ident in sorted(clusters.values())[:2]:
            home.decide(
                Decision(
                    verdict="different",
                    a=ident,
                    b=next(o.id for o in orders if o.same_as == next(c for c in clusters if clusters[c] == ident)),
                )
            )
        home.review(Review(article=orders[3].article, quote=orders[3].quote, verdict="reject"))
        home.review(Review(article=orders[5].article, quote=orders[5].quote, verdict="correct", verb="giao"))
        yield home


@pytest.fixture(scope="module")
def built(sources, home, tmp_path_factory):
    """The results of Spark, with the same decisions and reviews, and what the command said."""
    out = tmp_path_factory.mktemp("out")
    for name in ("decisions.jsonl", "reviews.jsonl"):
        shutil.copy(home.path / name, out)
    report = ("--report", out / "report.html")
    return out, spark(*sources, "-g", out, "--conf", "spark.chidao.pieceBytes=20000", *report, code=4)


def test_the_graph_is_that_of_one_machine(built, home):
    assert_same(built[0], home)


def test_what_became_of_the_inputs(built, sources, tmp_path):
    out, found = built
    counts = one_machine(tmp_path / "counts", sources)
    wanted = {name: getattr(counts, name) for name in counts.__slots__}
    assert json.loads(found.stdout) == wanted | {"dry_run": False}
    assert json.loads(lines(out / "summary")[0]) == wanted
    failed = [line for line in found.stderr.splitlines() if line.startswith("kg: ") and "columns guessed" not in line]
    assert len(failed) == counts.failed
    assert not (out / "work").exists()


def cells(page):
    """The text of a page, without what takes time."""
    text = [
        cell for cell in re.sub(r"<style.*?</style>|<[^>]+>", "\n", page, flags=re.DOTALL).split("\n") if cell.strip()
    ]
    return text[: text.index("Bài chậm nhất · Slowest articles")]


def test_the_report_tells_what_that_of_one_machine_tells(built, home, sources, tmp_path):
    """The failures and what was passed over, by month and place, the graph; the order of failures of the reader aside."""
    command = ["build", *map(str, sources), "-g", str(tmp_path / "home"), "--report", str(tmp_path / "report.html")]
    for name in ("decisions.jsonl", "reviews.jsonl"):
        (tmp_path / "home").mkdir(exist_ok=True)
        shutil.copy(home.path / name, tmp_path / "home")
    assert CliRunner().invoke(cli, [*command, "--engine", "oxigraph"]).exit_code == 4
    pages = [(folder / "report.html").read_text(encoding="utf-8") for folder in (built[0], tmp_path)]
    found, wanted = map(cells, pages)
    assert found[0] == wanted[0]
    assert found[3:] == wanted[3:]
    assert len(wanted) > 200
    slowest = pages[0].partition("Slowest articles")[2]
    assert slowest.count("<tr><td>a") == 25
    assert not (built[0] / "work").exists()


@pytest.mark.parametrize("limit", [None, 31])
def test_a_trial_run_of_the_first_items_counts_as_on_one_machine(sources, tmp_path, limit):
    def counted(folder, *engine):
        first = [] if limit is None else ["--limit", str(limit)]
        command = ["build", *map(str, sources), "-g", str(tmp_path / folder), "--dry-run", "--json", *first, *engine]
        found = CliRunner().invoke(cli, command)
        assert found.exit_code in {0, 4}, found.output
        return json.loads(found.stdout), {line for line in found.stderr.splitlines() if "guessed" not in line}

    pieces = ("--conf", "spark.chidao.pieceBytes=20000")
    assert counted("out", "--engine", "spark", "--master", "local[2]", *QUICK, *pieces) == counted("home")
    assert not (tmp_path / "out").exists()


def test_results_are_not_written_over(built, sources):
    assert "--force" in spark(sources[0], "-g", built[0], code=2).stderr


def test_neo4j_imports_the_csv(built, home, neo4j_server):
    from tests.neo4j.server import Neo4jServer, admin
    from tests.neo4j.test_neo4j_exports import content, wanted

    out, _ = built
    (script,) = (out / "neo4j-scripts" / "table=import.sh").glob("part-*")
    options = shlex.split(script.read_text().partition("exec neo4j-admin")[2].replace("\\\n", " "))[4:-1]
    command = ("database", "import", "full", "neo4j", *options)
    with Neo4jServer(lambda folder: admin(folder, *command, cwd=out / "neo4j")) as server:
        access = Neo4jAccess(server.uri, server.user, server.password)
        with type(neo4j_server)(access, server.folder).driver() as driver:
            # an empty list is a missing one in that format
            assert content(driver, no_empty_lists=True) == wanted(home.graph(), no_empty_lists=True)


@pytest.mark.corpus
@pytest.mark.skipif(not os.environ.get("CHIDAO_SPARK_CORPUS"), reason="takes minutes: set CHIDAO_SPARK_CORPUS=1")
@pytest.mark.skipif(not CORPUS.is_file(), reason="../shared/corpus is not here")
def test_the_600_articles(tmp_path):
    spark(CORPUS, "-g", tmp_path / "out", "--conf", "spark.chidao.pieceBytes=500000")
    one_machine(tmp_path / "home", [CORPUS])
    with GraphHome(tmp_path / "home") as home:
        assert_same(tmp_path / "out", home)

# chidao: `make help` lists the targets. PYTHON names the interpreter that the environment is made from.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
WORKERS ?= 2

# soak, fuzz and bench-scale take minutes to hours; the tests run short forms of them
.PHONY: soak fuzz bench-scale setup-spark
.PHONY: help setup setup-browser screenshots editor bench-web openrefine demo test check format schema compile bench bench-load bench-read bench-stores bench-equal quality train neo4j clean

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 22

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

setup: $(VENV)/.installed ## make .venv with everything

demo: setup ## build the graph of the sample articles and show what it found
	rm -rf demo
	$(BIN)/kg build examples/articles --graph demo/graph
	$(BIN)/kg stats --graph demo/graph
	$(BIN)/kg ask --graph demo/graph
	$(BIN)/kg export -f html -o demo/chidao.html --graph demo/graph
	@echo "Mở demo/chidao.html trong trình duyệt · open demo/chidao.html in a browser"

setup-browser: ## install chromium for the tests of the web pages (Debian, Ubuntu, as root)
	.ci/browser

setup-spark: setup ## install pyspark (500 MB) for `kg build --engine spark` and its tests; Java 17 is yours to install
	.ci/spark $(BIN)/python

test: setup ## run the tests
	$(BIN)/python -m pytest -rs -n $(WORKERS) --dist loadgroup

check: setup ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: setup ## format the code and sort imports
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

schema: setup ## write schema/generated again from the model
	$(BIN)/python -m kg.schema_gen

quality: setup ## scores per class against their floors; QUALITY="--folds --report /tmp/misses.html" for more
	$(BIN)/python -m kg.quality $(QUALITY)

train: setup ## train the learned parts from ../shared/gold and training/own
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,train]'
	$(BIN)/python -m kg.train
	$(BIN)/python -m kg.train.meetings
	$(BIN)/python -m kg.quality.calibrate

compile: setup ## build the reader's inner modules as machine code (mypyc, needs a C compiler); used until a source changes, `make clean` removes it
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,compile]'
	$(BIN)/python hatch_build.py

neo4j: setup ## run a throw-away Neo4j on loopback (needs Java 17 and Maven); Ctrl-C stops and removes it
	@$(BIN)/python -m tests.neo4j

bench-read: setup ## articles a second, stages, memory, start-up; beside underthesea where it can be installed
	$(BIN)/python benchmarks/bench_read.py

bench-load: setup ## HTML extractors side by side, quality and speed; JSON records a second
	$(BIN)/python -m pip install --quiet --disable-pip-version-check resiliparse selectolax
	nice $(BIN)/python benchmarks/bench_load.py $(BENCH)

bench-stores: setup ## all engines side by side at 100 thousand and 3 million edges; BENCH="--edges 100000 --engines kglite" for less
	nice $(BIN)/python benchmarks/bench_stores.py $(BENCH)

bench-equal: setup ## every question, every parameter on Oxigraph, kglite and Neo4j over the 600 articles: equal rows? BENCH="SOURCE ..."
	nice $(BIN)/python -m benchmarks.bench_equal $(BENCH)

editor: ## kg/web/static/editor.js: the editor of the console, the same bytes each time (needs npm)
	cd kg/web/editor && npm ci --ignore-scripts --no-fund --no-audit && npm run -s build && npm run -s licences

screenshots: setup setup-browser ## docs/web/*.png: every page over the sample articles
	$(BIN)/python -m tests.web.screenshots

bench-web: setup ## load on the pages; HOME_DIR=graph home, else the sample articles
	nice $(BIN)/python benchmarks/bench_web.py $(if $(HOME_DIR),--graph $(HOME_DIR)) $(BENCH)

openrefine: setup ## OpenRefine's own reconciliation classes (Maven Central) against kg serve on the samples; needs Java and Maven
	nice $(BIN)/python -m benchmarks.bench_openrefine

fuzz: setup ## hostile input for every loader and the reader; SECONDS=3600
	nice -n 19 $(BIN)/python -m benchmarks.fuzz --seconds $(or $(SECONDS),3600)

bench-scale: setup ## made corpora end to end; SIZES="1000 10000 100000"
	nice $(BIN)/python -m benchmarks.bench_scale $(SIZES)

soak: setup ## builds killed at random moments and run again, counted; KILLS=200
	$(BIN)/python -W ignore -m benchmarks.soak --kills $(or $(KILLS),200)

clean: ## remove the environment and what demo made
	rm -rf $(VENV) demo kg/_compiled build/compiled

bench: bench-read ## all benchmarks that need no outside service

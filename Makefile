# Everything that people and CI run. `make demo` and `make test` set up what they need first; all of it
# stays below target/ (and node_modules of tests/npm, tests/hosts, benches/node, examples/playground and examples/mcp-gateway), but for a browser where there is none.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# One target directory, whatever the environment says: every rule below names files in it.
export CARGO_TARGET_DIR := $(CURDIR)/target
export CARGO_TERM_COLOR ?= auto
# Build flags of the caller's own would rebuild everything, and `-D warnings` there hits dependencies too.
unexport RUSTFLAGS CARGO_ENCODED_RUSTFLAGS

STAGES := lint generated docs test-rust test-features test-npm test-hosts test-playground test-python

# `make demo` builds with QUICK=-quick: packages that are made in a fraction of the time, in places of their own. They are
# larger and slower, and nothing else uses them.
QUICK :=
NPM := target/npm$(QUICK)/node_modules/tenantry
VENV := target/venv
PY := $(VENV)/bin/python
BENCH_VENV := target/venv-bench
DOCS_VENV := target/venv-docs
WASM := target/wasm32-unknown-unknown/wasm$(QUICK)/tenantry_wasm.wasm
CLI_WASM := target/wasm32-unknown-unknown/wasm$(QUICK)/tenantry_cli_wasm.wasm
PIP := target/pip$(QUICK)
PAGE := target/playground-page
PAGE_SOURCES := $(shell find examples/playground examples/scenarios schema bindings-wasm/npm/*.d.ts -type f -not -path "*/node_modules/*" -not -path "*/test/*")
CORE_SOURCES := Cargo.toml Cargo.lock $(shell find core cli/src -type f)
PYTHON_SOURCES := $(shell find bindings-python/src bindings-python/python bindings-python/*.toml -type f -not -name "*.pyc")

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

.PHONY: demo
demo: ## set up, tell four stories, and show that all three languages lived it alike
	tools/demo.sh stories
	$(MAKE) --no-print-directory QUICK=-quick quick-starts

.PHONY: quick-starts
quick-starts: wasm python
	cp examples/quickstart.mjs $(NPM)/../../quickstart.mjs
	node $(NPM)/../../quickstart.mjs
	$(PY) examples/quickstart.py
	cargo run --quiet -p tenantry-store --features sqlite --example story
	tools/demo.sh compare $(NPM) $(PY)

.PHONY: simulate
simulate: ## run all scenarios, or one: make simulate FILE=examples/scenarios/….json
	cargo run --quiet -p tenantry-cli -- simulate $(or $(FILE),examples/scenarios/*.json)

.PHONY: playground
playground: wasm ## write scenarios and drag time in the browser
	node --input-type=module -e 'import { playground } from "./$(NPM)/playground.js"; process.exitCode = await playground([]);'

.PHONY: playground-site
playground-site: wasm ## the playground as a site, into target/playground
	rm -rf target/playground
	cp -R $(PAGE) target/playground
	mkdir target/playground/tenantry
	cp $(NPM)/index.js $(NPM)/shared.js $(NPM)/THIRD-PARTY-LICENSES target/playground/tenantry

.PHONY: bench
bench: bench-npm bench-python ## measure
	cargo bench --workspace --benches

.PHONY: bench-npm
bench-npm: wasm benches/node/node_modules/.package-lock.json ## measure the npm package beside its peers
	ln -sfn ../../../$(NPM) benches/node/node_modules/tenantry
	node benches/node/bench.mjs

.PHONY: bench-python
bench-python: python $(BENCH_VENV)/.ready ## measure the wheel beside its peers
	python3 -m pip --quiet --python $(BENCH_VENV)/bin/python install --force-reinstall --no-deps --no-index $(PIP)/*.whl
	$(BENCH_VENV)/bin/python benches/python/bench.py $(PIP)/*.whl

.PHONY: docs
docs: playground-site $(DOCS_VENV)/.ready ## the docs site with the playground, into target/docs; a dead link or anchor fails
	$(DOCS_VENV)/bin/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going --jobs auto \
		--builder dirhtml --conf-dir docs --doctree-dir target/docs-cache . target/docs

.PHONY: prove
prove: export PROOF_REPORT := $(CURDIR)/target/prove.jsonl
prove: wasm python ## judge the core by all that can be had: all states of small worlds, suites and libraries of others, all languages; one table
	rm -f $(PROOF_REPORT)
	$(MAKE) --no-print-directory steps STEPS=$(or $(STEPS),50000)
	node --test tests/npm/steps.test.mjs
	$(PY) -m pytest --quiet -p no:cacheprovider bindings-python/tests/test_steps.py
	cargo test --quiet -p tenantry-tests --test judges
	cargo run --quiet -p tenantry-proof
	cargo run --quiet -p tenantry-proof -- table $(PROOF_REPORT)

# SECONDS for each target, or for the one that TARGET names. What is found lies in fuzz/artifacts, and becomes a seed
# with the fix. Seeds run on stable, too, in `test-rust`.
.PHONY: fuzz
fuzz: ## look for input that breaks a promise: make fuzz SECONDS=60 TARGET=command
	cargo fuzz --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-fuzz
	for target in $(or $(TARGET),$(notdir $(wildcard fuzz/seeds/*))); do \
		mkdir -p target/fuzz-corpus/$$target; \
		CARGO_TARGET_DIR=target/fuzz cargo +nightly fuzz run $$target target/fuzz-corpus/$$target fuzz/seeds/$$target -- \
			-max_total_time=$(or $(SECONDS),60) -max_len=16384 -timeout=20 -print_final_stats=1; \
	done

.PHONY: generate
generate: ## make again what is generated and checked in
	cargo run --quiet -p xtask -- generate

.PHONY: clean
clean: ## remove everything that was built or set up
	rm -rf target tests/npm/node_modules tests/hosts/node_modules benches/node/node_modules examples/playground/node_modules examples/mcp-gateway/node_modules

# --- tests ----------------------------------------------------------------------------------------

.PHONY: test
test: ## set up, and run every check, as CI does
	@MAKE="$(MAKE)" tools/stages.sh $(STAGES)

.PHONY: lint
lint: $(VENV)/.ready tests/npm/node_modules/.package-lock.json ## format, clippy, docs, what must not be in the tree
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- --deny warnings
	cargo clippy --quiet -p tenantry --all-features --all-targets -- --deny warnings
	cargo clippy --quiet -p tenantry-store --all-features --all-targets -- --deny warnings
	RUSTDOCFLAGS="--deny warnings" cargo doc --quiet --no-deps -p tenantry
	RUSTDOCFLAGS="--deny warnings" cargo doc --quiet --no-deps -p tenantry-store --all-features
	cargo run --quiet -p xtask -- tidy
	$(VENV)/bin/ruff format --check --quiet --no-cache bindings-python benches docs examples
	$(VENV)/bin/ruff check --quiet --no-cache bindings-python benches docs examples
	tests/npm/node_modules/.bin/biome check --error-on-warnings

.PHONY: generated
generated: ## compare what is generated and checked in
	cargo run --quiet -p xtask -- generate --check

# Unknown snapshots fail rather than being written.
.PHONY: test-rust
test-rust: export INSTA_UPDATE := no
test-rust: ## the core and the stores, documentation examples included
	cargo test --quiet
	cargo test --quiet -p xtask
	cargo test --quiet -p tenantry-store --all-features
	cargo test --quiet -p tenantry-proof

.PHONY: test-features
test-features: ## all rules again, with what other crates of a build may ask of serde_json; the core's own features
	cargo test --quiet -p tenantry-tests --features foreign-serde-json
	cargo test --quiet -p tenantry --all-features --lib

# STEPS says how many, SEED which ones.
.PHONY: steps
steps: ## write the random steps that Rust, Node, a browser and Python must take alike, into target/steps.jsonl
	mkdir -p target
	cargo run --quiet -p tenantry-tests --example steps -- target/steps.jsonl $(STEPS) $(SEED)

.PHONY: test-npm
test-npm: wasm python steps tests/npm/node_modules/.package-lock.json examples/mcp-gateway/node_modules/tenantry ## the packed npm package, in Node and the browser; its stores, beside the wheel too
	tools/chromium.sh >/dev/null
	node --test --test-reporter=spec tests/npm/*.test.mjs
	"$$(node tests/npm/newer.mjs)" --test --test-reporter=spec tests/npm/stores/*.test.mjs examples/mcp-gateway/test/*.test.mjs

examples/mcp-gateway/node_modules/tenantry: wasm examples/mcp-gateway/node_modules/.package-lock.json
	ln -sfn ../../../$(NPM) $@

.PHONY: test-hosts
test-hosts: wasm tests/npm/node_modules/.package-lock.json tests/hosts/node_modules/.package-lock.json ## the same, in bundlers and hosts as people have them
	tools/chromium.sh >/dev/null
	node --test --test-reporter=spec tests/hosts/*.test.mjs
.PHONY: test-playground
test-playground: docs tests/npm/node_modules/.package-lock.json ## the playground, in the browser, alone and in the docs
	tools/chromium.sh >/dev/null
	node --test --test-reporter=spec examples/playground/test/*.test.mjs

.PHONY: test-python
test-python: export HYPOTHESIS_STORAGE_DIRECTORY := target/hypothesis
test-python: python steps tests/npm/node_modules/.package-lock.json ## the installed wheel, its types, and its stores beside Rust's
	$(PY) -m pytest --quiet -p no:cacheprovider bindings-python/tests examples/fastapi-backend
	cargo test --quiet -p tenantry-store --all-features --test languages -- --ignored

# --- packages -------------------------------------------------------------------------------------

.PHONY: wasm
wasm: $(NPM)/package.json ## the npm package, into target/npm/node_modules/tenantry

# Cargo knows best whether there is something to do; what follows is only made again if it did.
.PHONY: FORCE
$(WASM): FORCE
	tools/wasm-target.sh cargo build --quiet -p tenantry-wasm --profile wasm$(QUICK) --target wasm32-unknown-unknown
$(CLI_WASM): FORCE
	tools/wasm-target.sh cargo build --quiet -p tenantry-cli-wasm --profile wasm$(QUICK) --target wasm32-unknown-unknown

# The page alone: it gets the core from the package, which brings the page.
$(PAGE)/index.html: examples/playground/node_modules/.package-lock.json $(PAGE_SOURCES)
	npm run --silent --prefix examples/playground build

$(NPM)/package.json: $(WASM) $(CLI_WASM) $(PAGE)/index.html tools/npm.mjs tests/npm/node_modules/.package-lock.json $(shell find bindings-wasm/npm examples/scenarios schema stores xtask/src -type f)
	cargo run --quiet -p xtask -- npm $(WASM) $(CLI_WASM) target/npm$(QUICK)/source
	node tools/npm.mjs target/npm$(QUICK)/source $(PAGE) $(NPM)
	touch $@

.PHONY: python
python: $(VENV)/.wheel$(QUICK) ## the wheel, into target/pip, installed into target/venv

# pip is the system's own, told where to install: Debian's Python has no ensurepip to give a venv one.
$(VENV)/.ready: bindings-python/requirements.txt
$(BENCH_VENV)/.ready: benches/python/requirements.txt
$(DOCS_VENV)/.ready: docs/requirements.txt
%/.ready:
	python3 -m venv --clear --without-pip $*
	python3 -m pip --quiet --python $*/bin/python install --require-hashes --requirement $<
	touch $@

$(VENV)/.wheel$(QUICK): $(VENV)/.ready $(CORE_SOURCES) $(PYTHON_SOURCES)
	rm -rf $(PIP) $(VENV)/.wheel*
	tools/wheel.sh $(VENV)/bin/maturin $(PIP) --profile wheel$(QUICK)
	python3 -m pip --quiet --python $(PY) install --force-reinstall --no-deps --no-index $(PIP)/*.whl
	touch $@

%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm ci --prefix $* --no-audit --no-fund --loglevel=error
	touch $@

# The commands of the README. Each installs or builds what it needs itself.

JOBS ?= 2
PYTHON ?= python3

.PHONY: demo test bench lint clean

# The main job, played on a registry in memory: no account, no server, no network.
demo:
	cargo run --quiet -j$(JOBS) -p artifact-deploy-example --bin demo

# Everything: lints, Rust, Python, Node, the examples. The last line is the count.
test:
	$(PYTHON) tests/run_all.py --jobs $(JOBS)

# Side by side with what a user would write instead, as ratios in one run.
bench:
	$(PYTHON) tests/bench/run.py --jobs $(JOBS)

lint:
	$(PYTHON) tests/run_all.py --jobs $(JOBS) --only lint

clean:
	cargo clean
	rm -rf .venv .venv-bench .venv-ministack .venv-moto bindings-node/node_modules examples/cdk-app/node_modules

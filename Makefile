# One command each. The first sets up .venv; later ones do so again only when the requirements change.
#   make PYTHON=python3.12 book     chooses the interpreter of the set-up
#   make PYODIDE=../pyodide book    takes Python for the browser from a folder or address, not from its makers
#   make SITE=https://example.org/course/ REPOSITORY=https://example.org/team/course book     before _config.yml

PYTHON ?= python3
PORT ?= 8000
export PYODIDE ?=
export SITE ?=
export REPOSITORY ?=
BIN := .venv/bin
READY := .venv/.ready

AXE := EVERY_PAGE=1 $(BIN)/python -m pytest -q -n 2 --dist loadgroup

.PHONY: help book test testlite lab serve notebooks exercises data axe lighthouse mutants quality
.DEFAULT_GOAL := help

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

book: $(READY) ## Build the book and say where it is
	@echo "Building the book (under a minute)"
	@# A page with a warning must warn again next time, so a failed build leaves no cache of pages already read.
	@$(BIN)/jupyter-book build . -W -n --keep-going -q >/dev/null || { rm -rf _build/.doctrees; exit 1; }
	@$(BIN)/python tools/build_lite.py
	@echo "The book: open _build/html/book/index.html in a browser (no server, no internet needed)"

test: $(READY) ## Run every check, from style to the built book in a browser
	@chromium="$$($(BIN)/python tools/find_chromium.py --install)" && \
	CHROMIUM="$$chromium" $(BIN)/python tools/run_checks.py

testlite: book ## Run every notebook in a browser, from a local copy of Pyodide
	@chromium="$$($(BIN)/python tools/find_chromium.py --install)" && \
	$(BIN)/python tools/build_lite.py --local && \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest -q -n 2 --dist loadgroup \
	  --junitxml=_build/reports/workbook.xml tests/lite

lab: $(READY) ## Open the notebooks and exercises in JupyterLab
	@$(BIN)/jupyter-lab

serve: book ## Serve the book to phones in the same network (PORT=8000)
	@echo "Serving on port $(PORT): http://localhost:$(PORT)/book/index.html (stop with Ctrl+C)"
	@$(BIN)/python -m http.server $(PORT) --directory _build/html

notebooks: $(READY) ## Execute notebooks/ and solutions/ and store their outputs
	@$(BIN)/python tools/execute_notebooks.py

exercises: $(READY) ## Generate exercises/ from solutions/
	@$(BIN)/python tools/build_exercises.py

data: $(READY) ## Generate the tables of the case in datasets/
	@$(BIN)/python datasets/generate.py

axe: book ## Look at every page for barriers, in light and dark (slow)
	@chromium="$$($(BIN)/python tools/find_chromium.py --install)" && \
	CHROMIUM="$$chromium" $(AXE) --junitxml=_build/reports/axe.xml tests/site/test_every_page.py -k axe

lighthouse: book ## Measure four pages as a phone loads them (slow; needs Node.js)
	@chromium="$$($(BIN)/python tools/find_chromium.py --install)" && \
	npm install --prefix tools/lighthouse --no-package-lock --no-audit --no-fund --silent && \
	CHROMIUM="$$chromium" $(BIN)/python tools/run_lighthouse.py

mutants: $(READY) ## Make one small mistake at a time and see whether the checks notice (half an hour)
	@$(BIN)/python tools/mutants.py

quality: $(READY) ## Store what the last test, axe and testlite compared, for the quality page
	@$(BIN)/python tools/record_run.py

$(READY): requirements.txt tests/requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name yours: make PYTHON=python3.12 book"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version 2>&1) is too old: the course needs 3.11 or newer: make PYTHON=python3.12 book"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments: on Debian or Ubuntu install the package python3-venv"; exit 1; }
	@echo "Setting up .venv with the course's requirements (once; a minute or two)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@# uv installs in a fraction of pip's time. It does not read pip's settings: where it finds no packages, pip does.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(BIN)/python -m uv pip install --quiet --compile-bytecode --python $(BIN)/python -r tests/requirements.txt || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $(READY)

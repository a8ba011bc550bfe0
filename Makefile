# Thin on purpose: what each target does stands in scripts/.
# Values reach the recipes through the environment, so that no quote or $ in them meets a shell.

# Assigned, not defaulted: some systems export HOST as the name of the machine.
HOST = 127.0.0.1
export PORT HOST PYTHON UPGRADE
export PW := $(value PW)

find_python = python="$$(scripts/find_python.sh)" &&
with_venv = $(find_python) "$$python" scripts/project_venv.py runtime &&
with_tools = $(find_python) "$$python" scripts/project_venv.py dev &&

# make takes USER from the environment too; only `make account USER=…` means the account.
ifeq ($(origin USER),command line)
export ACCOUNT := $(value USER)
endif

.DEFAULT_GOAL := help
.PHONY: help run account demo test quick lint types check bench lock clean

help:
	@echo '使い方（Python 3.11 以上と make だけで動きます）'
	@echo
	@echo '  make run [PORT=8000] [HOST=127.0.0.1]  用意して起動する'
	@echo '  make account USER=名前                 事務局のアカウントを作る'
	@echo '  make demo PW=パスワード [PORT=8001]    デモを別のデータベースで起動する'
	@echo '  make test                              すべての試験（SQLite・PostgreSQL・ブラウザー）'
	@echo
	@echo '開発するとき'
	@echo '  make quick [ARGS="tests/plans -k 版"]  SQLite だけの試験'
	@echo '  make lint | make types                 書き方・型の検査'
	@echo '  make check                             CI と同じ検査をすべて行う'
	@echo '  make bench [BESIDE=フォルダー]         速さを測る（ほかの版のフォルダーと並べて）'
	@echo '  make lock [UPGRADE=1]                  部品の版を固定し直す'
	@echo '  make clean                             作り直せるものを消す（データは残る）'

run:
	@$(find_python) exec "$$python" scripts/start.py run

demo:
	@$(find_python) exec "$$python" scripts/start.py demo

account:
	@test -n "$$ACCOUNT" || { echo '名前を指定してください。例: make account USER=jimukyoku' >&2; exit 2; }
	@$(with_venv) exec .venv/bin/python manage.py create_secretariat "$$ACCOUNT"

test:
	@scripts/test.sh

quick:
	@scripts/test.sh quick -n 2 $(ARGS)

lint types:
	@scripts/check.sh $@

check:
	@scripts/check.sh

bench:
	@$(with_tools) . scripts/test_env.sh && exec .venv/bin/python -m bench.run $(if $(BESIDE),--beside $(BESIDE))

lock:
	@$(find_python) exec "$$python" scripts/lock.py

# var/ also holds the databases and settings of this machine: only what can be made again goes.
clean:
	rm -rf .venv .venv.old-* .hypothesis htmlcov .coverage
	rm -rf var/static var/pytest_cache var/mypy_cache var/ruff_cache var/python-3.* var/test-log.* var/python-log.* var/check-log.*
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# 常用命令；直接输入 make 或 make help 查看说明。
SHELL := /bin/bash
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup dev check check-format check-code check-layers check-types check-templates check-migrations check-assets format test build bench screenshots lock

help: ## 列出所有命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: ## 安装依赖、建库、生成云岭县演示数据（等同 ./run --prepare）
	./run --prepare

dev: setup ## 开发：改代码、改样式即时生效
	rm -f var/stamps/build
	npm run --silent watch & trap "kill $$!" EXIT; ZHONGSHU_DEBUG=1 ZHONGSHU_DEMO=1 $(BIN)/python manage.py runserver

check: check-format check-code check-layers check-types check-templates check-migrations check-assets ## 静态检查：格式、写法、类型、分层、模板、脚本

check-format:
	$(BIN)/ruff format --check .

check-code:
	$(BIN)/ruff check --quiet .

check-layers:
	$(BIN)/lint-imports --no-logo --cache-dir var/importlinter

check-types:
	$(BIN)/mypy

check-templates:
	$(BIN)/djlint --quiet --lint zhongshu

check-migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 1

check-assets:
	npm run --silent lint

format: ## 按统一格式整理代码
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	npm run --silent format

permissions: ## 由代码重写 docs/permissions.md（改过权限后逐行审一遍）
	$(BIN)/python -m tests.permission_table

test: ## 全部检查与测试（SQLite、PostgreSQL、浏览器）
	./test

build: ## 编译样式与脚本，收集静态文件
	npm run --silent build
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0

bench: ## 性能测量，结果为 JSON；如 make bench ARGS="--size 100000"
	$(BIN)/python -m bench $(ARGS)

screenshots: ## 为用户手册重拍截图（自建一个小演示县，约十分钟；需 chromium，中文界面另需 chromium-l10n）
	$(BIN)/python -m tools.screenshots

lock: ## 按 requirements*.in 重新锁定版本
	$(BIN)/pip-compile --quiet --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --output-file requirements.lock requirements.in
	$(BIN)/pip-compile --quiet --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --output-file requirements-dev.lock requirements-dev.in
	npm install --package-lock-only --ignore-scripts
	npm --prefix tests/browser install --package-lock-only --ignore-scripts

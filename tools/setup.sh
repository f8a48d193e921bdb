# Steps that ./run and ./test share; sourced, never run. Each step is skipped while its inputs are unchanged.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VAR="${ZHONGSHU_VAR_DIR:-$ROOT/var}"
STAMPS="$VAR/stamps"
BIN="$ROOT/.venv/bin"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_CHROMIUM_DOWNLOAD=1
export PUPPETEER_SKIP_DOWNLOAD=1 DEBIAN_FRONTEND=noninteractive
unset PYTHONPATH VIRTUAL_ENV

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# One digest of everything under the given paths, and of the words after --.
digest() {
  local paths=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    [ -e "$1" ] && paths+=("$1")
    shift
  done
  {
    printf '%s\n' "$ROOT" "$@"
    [ ${#paths[@]} -eq 0 ] || find "${paths[@]}" -type f -not -name '*.pyc' -not -path '*/node_modules/*' -print0 |
      LC_ALL=C sort -z | xargs -0 -r sha256sum
  } | sha256sum | cut -d ' ' -f 1
}

# step NAME PRODUCT TEXT FUNCTION INPUT…: run FUNCTION unless PRODUCT exists and the inputs are as they were.
step() {
  local name="$1" product="$2" text="$3" work="$4" now
  shift 4
  now="$(digest "$@")"
  if [ -e "$product" ] && [ "$(cat "$STAMPS/$name" 2>/dev/null)" = "$now" ]; then return; fi
  say "$text"
  rm -f "$STAMPS/$name"
  "$work"
  mkdir -p "$STAMPS"
  printf '%s\n' "$now" >"$STAMPS/$name"
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$name"
      return
    fi
  done
  die "需要 Python 3.11 或更新版本（Debian: apt-get install python3 python3-venv）。" \
    "Python 3.11 or newer is needed; found: $(python3 --version 2>/dev/null || echo none)."
}

need_node() {
  command -v npm >/dev/null && command -v node >/dev/null ||
    die "需要 Node.js 18 以上和 npm（Debian: apt-get install nodejs npm）。" "Node.js 18+ and npm are needed."
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' ||
    die "Node.js 版本过低（$(node --version)），需要 18 以上。" "Node.js $(node --version) is too old; 18 or newer is needed."
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# debian WHAT-FOR PACKAGE…: install what is missing where we may; otherwise say it and go on.
debian() {
  local purpose="$1" package missing=()
  shift
  command -v dpkg-query >/dev/null || return 0
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if may_install; then
    say "安装系统软件包：${missing[*]}"
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
      { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } ||
      say "未能安装 ${missing[*]}（用于$purpose）。Could not install them; going on."
  else
    say "缺少 ${missing[*]}（用于$purpose）：请以 root 执行 apt-get install ${missing[*]}"
  fi
}

make_venv() {
  "$PYTHON3" -m venv --clear "$ROOT/.venv" 2>/dev/null || {
    debian "Python 虚拟环境" python3-venv
    "$PYTHON3" -m venv --clear "$ROOT/.venv"
  }
}

install_product() {
  "$BIN/python" -m pip install -qq --no-deps -r requirements.lock
  "$BIN/python" -m pip install -qq --no-deps --no-build-isolation --editable .
}

install_tools() { "$BIN/python" -m pip install -qq --no-deps -r requirements-dev.lock; }

install_node() { npm ci --ignore-scripts --loglevel=error --no-progress >/dev/null; }

install_browser() { npm --prefix tests/browser ci --ignore-scripts --loglevel=error --no-progress >/dev/null; }

unpack_chromium86() { node tests/browser/unpack.mjs "$VAR/chromium86"; }

build_assets() { npm run --silent build; }

collect_static() { "$BIN/python" manage.py collectstatic --noinput --clear --verbosity 0; }

# deb_fonts PACKAGE GLOB: lay the fonts of a Debian package in the folder of stand-ins, without installing the package.
deb_fonts() (
  package="$1" work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  cd "$work"
  apt-get download -qq "$package" >/dev/null 2>&1 ||
    { may_install && apt-get update -qq >/dev/null 2>&1 && apt-get download -qq "$package" >/dev/null 2>&1; } || exit 0
  dpkg-deb --extract ./*.deb unpacked && find unpacked -type f -name "$2" -exec cp {} "$FONTS/" \;
)

# Free fonts for 仿宋 楷体 黑体 宋体 and for rare characters of names, where the office has no licensed ones of its own.
get_fonts() {
  FONTS="$VAR/fonts/stand-in"
  mkdir -p "$FONTS" "$VAR/fonts/user"
  if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    deb_fonts texlive-lang-chinese 'Fandol[FHKS]*.otf'
    deb_fonts fonts-hanazono 'HanaMin*.ttf'
  fi
  [ -e "$FONTS/FandolFang-Regular.otf" ] ||
    say "没有取到代用的仿宋等字体：公文将以 Noto 字体排印；可把自有字体放进 $VAR/fonts/user。No stand-in fonts; going on."
}

setup_fonts() {
  debian "公文排版和附件预览的中文字体" fonts-noto-cjk
  step fonts "$VAR/fonts/stand-in/FandolFang-Regular.otf" "取排版公文的代用字体（约 70 MB，只取一次）" get_fonts -- 1
}

setup_python() {
  PYTHON3="$(find_python)"
  "$BIN/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    say "建立 Python 环境"
    make_venv
    rm -f "$STAMPS/product" "$STAMPS/tools"
  }
  step product "$BIN/zhongshu" "安装 Python 依赖" install_product requirements.lock pyproject.toml
}

setup_assets() {
  need_node
  step node node_modules/.package-lock.json "安装页面依赖" install_node package.json package-lock.json .npmrc
  step build zhongshu/static/dist "编译样式与脚本" build_assets assets package-lock.json
  step static "$VAR/static/staticfiles.json" "收集静态文件" collect_static zhongshu/static zhongshu/*/static requirements.lock
}

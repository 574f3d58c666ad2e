#!/usr/bin/env bash
# What the Makefile needs from the machine.
#   setup.sh venv DIR            build the virtual environment DIR with Python 3.11 or newer
#   setup.sh install DIR WHAT    install the project (WHAT: "." or ".[dev]") into it, editable
#   setup.sh system              see that the programs the tests use are there; as root on Debian, install them
# PYTHON=/path/to/python3 chooses the interpreter.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

as_root() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >&2 && apt-get install -q -y --no-install-recommends "$@" >&2
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  local name
  for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
    if is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  say "没有找到 Python 3.11 或更新的版本。请先安装（Debian/Ubuntu：sudo apt-get install python3 python3-venv），" \
      "或用 PYTHON=/路径/python3 make … 指定。"
  return 1
}

make_venv() {
  local python
  python=$(find_python)
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if ! as_root || ! apt_install python3-venv || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
      say "$python 缺少 venv 模块，无法建立独立环境。请先运行：sudo apt-get install python3-venv"
      return 1
    fi
  fi
  # An environment of an interpreter that is gone or too old is built anew.
  if [ -e "$1/bin/python" ] && is_new_enough "$1/bin/python"; then
    return
  fi
  "$python" -m venv --clear "$1"
}

# An ordinary installation is compiled by pip, an editable one by nobody: without this the first start takes twice as long,
# and every start does where Python may not write bytecode (PYTHONDONTWRITEBYTECODE).
install_project() {
  PIP_DISABLE_PIP_VERSION_CHECK=1 "$1/bin/python" -m pip install --quiet --editable "$2"
  "$1/bin/python" -m compileall -q juesuan
}

has_package() {
  local name
  for name in "$@"; do
    if [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ]; then
      return 0
    fi
  done
  return 1
}

has_command() {
  local name
  for name in "$@"; do
    if command -v "$name" >/dev/null; then
      return 0
    fi
  done
  return 1
}

has_cjk_font() {
  has_package fonts-noto-cjk || { has_command fc-list && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; }
}

# soffice alone does not say that Writer and Calc are there; where there is dpkg, it does.
has_office() {
  if has_command dpkg-query && ! [ -d /opt/libreoffice ]; then
    has_package "libreoffice-$1-nogui" "libreoffice-$1"
  else
    has_command soffice libreoffice
  fi
}

missing_packages() {
  has_office writer || echo libreoffice-writer-nogui
  has_office calc || echo libreoffice-calc-nogui
  has_command chromium chromium-browser google-chrome || echo chromium
  has_cjk_font || echo fonts-noto-cjk
  has_command pdftoppm || echo poppler-utils
}

# The list stays a string of words: the bash of macOS has no mapfile.
check_system() {
  local missing
  missing=$(missing_packages | xargs)
  # shellcheck disable=SC2086
  if [ -n "$missing" ] && as_root; then
    apt_install $missing || say "apt-get 没有装上全部软件包。"
    missing=$(missing_packages | xargs)
  fi
  if [ -n "$missing" ]; then
    say "测试要用的系统软件还缺：$missing。用到它们的测试会失败，请先运行：" \
        "sudo apt-get install --no-install-recommends $missing"
    return 1
  fi
}

case "${1:-}" in
  venv) make_venv "$2" ;;
  install) install_project "$2" "$3" ;;
  system) check_system ;;
  *) say "usage: setup.sh venv DIR | install DIR WHAT | system"; exit 2 ;;
esac

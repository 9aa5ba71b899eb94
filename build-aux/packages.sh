# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Sourced by run, test and others: what building and testing needs, and how to get it.

# Names of Debian's and Ubuntu's packages. librsvg2-common draws the window's icons.
build_packages=(gcc libc6-dev meson ninja-build pkgconf gettext libglib2.0-dev
  libgdk-pixbuf-2.0-dev libjpeg-dev libjson-glib-dev libopenblas-dev libcairo2-dev
  libpango1.0-dev libgtk-4-dev libadwaita-1-dev librsvg2-common)
# The second line: a display without a screen, a mouse, a bus, and a screen reader's way
# into a window. The third: checkers of what the desktop reads.
# shellcheck disable=SC2034  # used by those who source this file
test_packages=("${build_packages[@]}" python3 python3-numpy git webp-pixbuf-loader
  xvfb xdotool dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0
  desktop-file-utils appstream)
# Pictures for the README: letters, languages, and what grabs and shrinks them.
# shellcheck disable=SC2034
screenshot_packages=("${test_packages[@]}" fonts-dejavu-core fonts-cantarell locales
  imagemagick pngquant x11-utils xcompmgr)
# Readers of exported models. A minute and 680 MB: only .ci/run installs them, the tests
# are skipped where they are missing.
# shellcheck disable=SC2034
reader_packages=(python3-opencv)

# Elsewhere: commands and pkg-config modules, which say what is missing.
commands=(cc meson ninja pkg-config msgfmt python3)
modules=(glib-2.0 gio-unix-2.0 gdk-pixbuf-2.0 libjpeg json-glib-1.0 openblas cairo
  cairo-pdf cairo-svg pangocairo gtk4 libadwaita-1)

# Installs those of the packages named that are missing. Asks for no rights, and
# no server, when there are none.
install_packages ()
{
  local installed missing sudo=()

  if ! { command -v apt-get && command -v dpkg-query; } >/dev/null; then
    check_other_system
    return
  fi

  # dpkg-query fails for a name that it never heard of: that one is missing.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  mapfile -t missing < <(printf 'installed %s\n' "$@" | grep -vxF "$installed" | cut -d ' ' -f 2)
  [ ${#missing[@]} -gt 0 ] || return 0

  echo "Installing ${missing[*]}" >&2
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      echo "Please run as root: apt-get install ${missing[*]}" >&2
      return 1
    }
    sudo=(sudo)
  fi
  local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq)
  # Somebody's broken third source is no reason to stop: the install will tell.
  "${apt[@]}" update || true
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# Returns 1, with the line to type, where something is missing.
check_other_system ()
{
  local name programs=() libraries=()

  for name in "${commands[@]}"; do
    command -v "$name" >/dev/null || programs+=("$name")
  done
  for name in "${modules[@]}"; do
    pkg-config --exists "$name" 2>/dev/null || libraries+=("$name")
  done
  [ $((${#programs[@]} + ${#libraries[@]})) -gt 0 ] || return 0

  local missing=()
  [ ${#programs[@]} -eq 0 ] || missing+=("the programs ${programs[*]}")
  [ ${#libraries[@]} -eq 0 ] || missing+=("the libraries (as pkg-config names them) ${libraries[*]}")
  echo "Missing: ${missing[0]}${missing[1]:+, and ${missing[1]}}." >&2
  # On systems that use RPM, each module is a name of the package that holds it.
  if command -v dnf >/dev/null; then
    echo "Please run: sudo dnf install gcc meson ninja-build pkgconf-pkg-config gettext python3$(
      printf " 'pkgconfig(%s)'" "${modules[@]}")"
  elif command -v zypper >/dev/null; then
    echo "Please run: sudo zypper install gcc meson ninja pkg-config gettext-tools python3$(
      printf " 'pkgconfig(%s)'" "${modules[@]}")"
  elif command -v pacman >/dev/null; then
    echo "Please run: sudo pacman -S --needed gcc meson pkgconf gettext python glib2-devel" \
      "gdk-pixbuf2 libjpeg-turbo json-glib openblas cairo pango gtk4 libadwaita"
  fi >&2
  return 1
}

# build_in FOLDER [MESON-SETUP-OPTION...]: builds; sets up first where needed. A folder that
# was set up without tests gets them when they are asked for by -Dtests=true. Says no more
# than warnings and errors.
build_in ()
{
  local said

  echo "Building $(basename "$1") ..." >&2
  [ -e "$1/build.ninja" ] || said=$(meson setup "$@" 2>&1) || {
    printf '%s\n' "$said" >&2
    return 1
  }
  [[ " $* " != *' -Dtests=true '* || -e $1/tests ]] || meson configure "$1" -Dtests=true
  ninja --quiet -C "$1" | sed '/^ninja: no work to do/d'
}

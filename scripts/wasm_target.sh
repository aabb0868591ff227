# Makes `cargo build --target wasm32-unknown-unknown` work, and sets WASM_RUST to the toolchain that does it.
#
# 1. The toolchain in use, if it has the target or rustup can add it.
# 2. Else Debian's rustc-web, with a standard library built from Debian's rust-web-src, linked into rustup.

setup_wasm_target() {
  local way=${WASM_TOOLCHAIN:-auto}
  case $way in
    auto) wasm_by_rustup || wasm_by_debian ;;
    rustup) wasm_by_rustup || fail "rustup cannot add $WASM_TARGET here." ;;
    debian) wasm_by_debian ;;
    *) fail "WASM_TOOLCHAIN=$way: expected rustup or debian" ;;
  esac
  export WASM_RUST
  setup_small_std
}

# The standard library that rustup ships is compiled for speed. Compiled anew for size, with panics that only end the
# worker, and with every part of it in reach of the linker's optimiser, it makes the wasm an eighth smaller. The flags are
# unstable, so RUSTC_BOOTSTRAP lets this one pinned compiler take them. Without the sources the wasm is built with the
# library as shipped: it does the same, and is not held to the limit of size.
setup_small_std() {
  local wanted=${WASM_STD:-small} sources
  WASM_STD=shipped
  sources=$(rustc "+$WASM_RUST" --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock
  if [ "$WASM_RUST" != debian-wasm ] && [ "$wanted" = small ]; then
    [ -e "$sources" ] || timeout 300 rustup component add --toolchain "$WASM_RUST" rust-src || true
    if [ -e "$sources" ] && small_cargo fetch --quiet --locked; then WASM_STD=small; fi
  fi
  [ "$WASM_STD" = small ] || note "the standard library is taken as shipped: the wasm will be larger"
  export WASM_STD
}

SMALL_STD=(-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size)
# A tenth of the time goes to the allocator and to moving and comparing bytes: compiled for speed they are not a kilobyte more.
SMALL_SPEED=(--config 'profile.release.package.dlmalloc.opt-level=3' --config 'profile.release.package.compiler_builtins.opt-level=3')
SMALL_FLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"

# In a folder of its own: build scripts look at RUSTC_BOOTSTRAP, and would be run again for every other build.
small_cargo() {
  RUSTUP_TOOLCHAIN=$WASM_RUST RUSTC_BOOTSTRAP=1 RUSTFLAGS=$SMALL_FLAGS CARGO_TARGET_DIR=$(wasm_target_dir)/small \
    cargo "${SMALL_SPEED[@]}" "$@" --target "$WASM_TARGET" "${SMALL_STD[@]}"
}

has_wasm_std() {
  compgen -G "$(rustc "+$1" --print sysroot)/lib/rustlib/$WASM_TARGET/lib/libstd-*.rlib" >/dev/null
}

wasm_by_rustup() {
  WASM_RUST=$RUSTUP_TOOLCHAIN
  has_wasm_std "$WASM_RUST" && return
  say "wasm target by rustup"
  timeout 120 rustup target add --toolchain "$WASM_RUST" "$WASM_TARGET" && has_wasm_std "$WASM_RUST" && return
  note "rustup cannot add it here"
  return 1
}

DEBIAN_RUST_PACKAGES=(rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web)

wasm_by_debian() {
  has apt-get || fail "the wasm target can come from rustup or from Debian's packages; neither is to be had here."
  local missing=() package
  for package in "${DEBIAN_RUST_PACKAGES[@]}"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] || debian_install "${missing[@]}"
  debian_linker
  debian_wasm_std
  rustup toolchain link debian-wasm /usr
  WASM_RUST=debian-wasm
  note "wasm is compiled by Debian's $(/usr/bin/rustc --version)"
}

# LLVM's linker must be of the compiler's own major version.
debian_linker() {
  local major host
  major=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  dpkg -s "lld-$major" >/dev/null 2>&1 || debian_install "lld-$major"
  [ -e /usr/bin/rust-lld ] && return
  mkdir -p "/usr/lib/rustlib/$host/bin"
  ln -sfn "/usr/lib/llvm-$major/bin/lld" "/usr/lib/rustlib/$host/bin/rust-lld"
}

# Built again whenever the compiler or its sources change: a library of another compiler is refused by it.
debian_wasm_std() {
  local place=/usr/lib/rustlib/$WASM_TARGET made_by
  made_by=$(/usr/bin/rustc -vV; dpkg-query -W -f='${Version}' rust-web-src)
  [ "$(cat "$place/MADE_BY" 2>/dev/null)" = "$made_by" ] && return
  say "wasm standard library from Debian's sources (about a minute)"
  local library work
  library=$(readlink -f /usr/lib/rustlib/src/rust)/library
  work=$(mktemp -d)
  # The flags are those of the compiler's own bootstrap: without -Cembed-bitcode a crate cannot use LTO, without
  # -Zavoid-dev-deps Cargo looks for crates that Debian does not ship.
  (
    cd "$work"
    env -u RUSTUP_TOOLCHAIN -u CARGO_TARGET_DIR CARGO_HOME="$work/home" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      __CARGO_DEFAULT_LIB_METADATA=wasmstd CARGO_PROFILE_RELEASE_DEBUG=0 \
      RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes" \
      /usr/bin/cargo build --quiet --release --offline --locked -Zavoid-dev-deps \
      --manifest-path "$library/sysroot/Cargo.toml" --target "$WASM_TARGET" --target-dir "$work/target" \
      --features "panic-unwind compiler-builtins-mem" \
      --config 'source.crates-io.replace-with="vendored-sources"' \
      --config "source.vendored-sources.directory='$library/vendor'"
  ) || fail "Debian's wasm standard library cannot be built."
  rm -rf "$place"
  mkdir -p "$place/lib"
  cp "$work/target/$WASM_TARGET/release/deps/"*.rlib "$place/lib/"
  printf '%s' "$made_by" >"$place/MADE_BY"
  rm -rf "$work"
}

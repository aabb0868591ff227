# The versions that everything is built with. Crates are pinned by Cargo.lock, Node packages by package-lock.json.

RUST_VERSION=1.95.0
WASM_BINDGEN_VERSION=0.2.130 # equal to the `wasm-bindgen` crate in Cargo.toml
CARGO_FUZZ_VERSION=0.13.2
WASM_PACK_VERSION=0.15.1
NODE_MAJOR=20
WASM_GZIP_LIMIT=495000 # bytes; the goal is 250000

# The DTDs of cXML, as a library that is tested against them keeps them: VERSION SHA-256. cxml.org names no hashes.
CXML_DTDS_FROM=https://raw.githubusercontent.com/FriendsOfCXML/cxml-php/b162087747d18d01b8924cce365eec6ae7683087/tests/metadata/cxml/dtd
CXML_DTDS="1.2.050 d52d0777b19a43ed62a129a6f774c9c4fd7e05197c3676180af0188297204108
1.2.063 bce915cb7c18cc7c1d27353ecbb9cbe3d4f6405c18df263999284ca46b0b6b4b"

WASM_TARGET=wasm32-unknown-unknown
# Tools are shared by all clones of a machine: they are pinned, and take minutes to build.
TOOLS=${PUNCHOUT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/punchout/tools}

#!/bin/sh
# Fetches the real clips that tests compare with from Debian packages, without root, into the clips folder:
# $MOVIOLA_TEST_CLIPS, or ~/.cache/moviola/test-clips. Nothing is fetched when all of them are there.
# Needs package lists (apt-get update). Packages: about 107 MB to fetch, about 25 MB kept.
set -eu
clips=${MOVIOLA_TEST_CLIPS:-${XDG_CACHE_HOME:-$HOME/.cache}/moviola/test-clips}

wanted() {
    cat <<'LIST'
python3-imageio cockatoo.mp4
python3-imageio realshort.mp4
python3-mecavideo balle1-vp9.avi
python3-mecavideo balle-jbart.mp4
python3-mecavideo Force_constante.avi
python3-mecavideo Principe_inertie.avi
node-opencv motion.mov
opencv-doc Megamind.avi
opencv-doc Megamind_bugy.avi
opencv-doc vtest.avi
opencv-doc tree.avi
LIST
}

missing() {
    wanted | while read -r package file; do
        [ -s "$clips/$package/$file" ] || echo "$package"
    done | sort -u
}

needed=$(missing)
[ -n "$needed" ] || exit 0
mkdir -p "$clips"
work=$(mktemp -d "$clips/.fetch-XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

for package in $needed; do
    if ! (cd "$work" && apt-get -q download "$package" >apt.log 2>&1); then
        tail -n 5 "$work/apt.log" >&2
        echo "clips.sh: $package cannot be fetched; run apt-get update first, or check the network" >&2
        exit 1
    fi
    mkdir -p "$work/tree" "$clips/$package"
    dpkg-deb -x "$work/$package"_*.deb "$work/tree"
    wanted | while read -r of file; do
        [ "$of" = "$package" ] || continue
        found=$(find "$work/tree" -type f \( -name "$file" -o -name "$file.gz" \) | head -n 1)
        if [ -z "$found" ]; then
            echo "clips.sh: $package no longer holds $file" >&2
            exit 1
        fi
        case $found in
            *.gz) gunzip -c "$found" >"$work/clip" ;;
            *) cp "$found" "$work/clip" ;;
        esac
        chmod 644 "$work/clip"
        mv "$work/clip" "$clips/$package/$file"
    done
    rm -rf "$work/tree" "$work"/*.deb
done
[ -z "$(missing)" ] || { echo "clips.sh: still missing from: $(missing)" >&2; exit 1; }

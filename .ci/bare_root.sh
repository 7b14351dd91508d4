#!/bin/bash
# Tries both commands in a bare Debian 12, where nothing but the system is there. By hand, before a
# release, as root; needs debootstrap.   .ci/bare_root.sh FOLDER [run|test]   (default: both)
# FOLDER keeps the pristine root (200 MB) for the next time, and the root that was used.
set -e
cd "$(dirname "$0")/.."
FOLDER=${1:?usage: .ci/bare_root.sh FOLDER [run|test]}
WHAT=${2:-both}
PRISTINE=$FOLDER/pristine
ROOT=$FOLDER/root

# In its own namespaces: its mounts and whatever it leaves at work end with it.
if [ -z "$IN_NAMESPACE" ]; then
  exec env IN_NAMESPACE=1 unshare --mount --pid --fork --kill-child "$0" "$@"
fi

if [ ! -e "$PRISTINE/.complete" ]; then
  rm -rf --one-file-system "$PRISTINE"
  debootstrap --variant=minbase bookworm "$PRISTINE" >"$FOLDER.log" 2>&1 || { tail -5 "$FOLDER.log"; exit 1; }
  touch "$PRISTINE/.complete"
fi
rm -rf --one-file-system "$ROOT"
cp -ax "$PRISTINE" "$ROOT"

# This machine's way to the archive and its certificates: copied, never written down here.
cp -L /etc/resolv.conf /etc/hosts "$ROOT/etc/"
rm -f "$ROOT/etc/apt/sources.list"
cp -aL /etc/apt/sources.list "$ROOT/etc/apt/" 2>/dev/null || true
cp -aL /etc/apt/sources.list.d/. "$ROOT/etc/apt/sources.list.d/"
cp -aL /etc/apt/auth.conf.d/. "$ROOT/etc/apt/auth.conf.d/" 2>/dev/null || true
mkdir -p "$ROOT/usr/share/keyrings"
cp -aL /usr/share/keyrings/. "$ROOT/usr/share/keyrings/"
# Under a name of its own: installing ca-certificates writes the usual file anew.
cp -L /etc/ssl/certs/ca-certificates.crt "$ROOT/etc/ca-of-the-host.crt"

mount -t proc proc "$ROOT/proc"
mount -t sysfs -o ro sysfs "$ROOT/sys"
mount --rbind /dev "$ROOT/dev"
mount -t tmpfs tmpfs "$ROOT/dev/shm"

mkdir -p "$ROOT/srv/chengyun"
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$ROOT/srv/chengyun"

inside() {
  env -i HOME="/root" PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LANG=C.UTF-8 CI="$CI" \
    SSL_CERT_FILE=/etc/ca-of-the-host.crt PIP_CERT=/etc/ca-of-the-host.crt \
    chroot "$ROOT" /bin/sh -ec "cd /srv/chengyun; $1"
}

try_run() {
  time inside './dev run </dev/null'
  inside 'test -s chengyun.png && od -An -c -N4 chengyun.png | grep -q "P   N   G"'
  inside './dev stop'
  time inside './dev run </dev/null && ./dev stop' | tail -1
  inside './dev doctor'
}

case $WHAT in
  run) try_run ;;
  test) time inside './dev test </dev/null' ;;
  both) try_run; time inside './dev test </dev/null' ;;
esac
echo "bare root: $WHAT passed"

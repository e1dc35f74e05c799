#!/usr/bin/env bash
# Runs a command as the image's container would, without a container engine: as process 1 of a PID namespace of its own,
# as user 10001 without capabilities, on a read-only root with nothing writable but /tmp. Needs Linux and root.
#
#   src/test/container/contained.sh ROOT JAVA_HOME COMMAND ARGUMENT…       # ROOT holds /app; the system and the JRE are this machine's
#
# Environment and exit code are the command's. Used by container-check.sh and by a test of the build.
set -euo pipefail

if [ "$1" != --inside ]; then
  mkdir -p "$1"/{app,usr,etc,proc,tmp,dev,jre}
  for dir in bin lib lib64; do [ -L "$1/$dir" ] || ln -s "usr/$dir" "$1/$dir"; done
  exec unshare --mount --pid --fork --kill-child bash "$0" --inside "$@"
fi
root=$2; java_home=$3; shift 3
mount --make-rprivate /
mount --bind "$root" "$root"
for dir in usr etc; do mount --rbind "/$dir" "$root/$dir"; mount -o remount,bind,ro "$root/$dir"; done
mount --bind "$java_home" "$root/jre"
mount -o remount,bind,ro "$root/jre"
mount -t proc proc "$root/proc"
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o size=64k,mode=755 tmpfs "$root/dev"
for device in null random urandom; do touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
mount -o remount,bind,ro "$root"
cd "$root"
exec chroot "$root" /usr/bin/setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs --inh-caps=-all \
  --bounding-set=-all /usr/bin/env -C /app "$@"

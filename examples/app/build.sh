#!/bin/sh
# Stands for the compile step of a real service: turns the sources into what is served.
set -eu
out=$1
mkdir -p "$out/www/cgi-bin"
cp serve.sh "$out/serve.sh"
cp www/health "$out/www/health"
cp www/cgi-bin/version "$out/www/cgi-bin/version"
chmod 0755 "$out/www/cgi-bin/version"

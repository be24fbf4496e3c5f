#!/bin/sh
# /health for the load balancer, /cgi-bin/version for whoever wants to know what runs here.
exec httpd -f -p "${BIND:-0.0.0.0}:$PORT" -h /srv/www

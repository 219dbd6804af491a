"""Uploads as the standard library of Python does: a line in for each request, a line out for each answer."""
import sys
import urllib.error
import urllib.request

for line in sys.stdin:
    method, url, key, size, chunked = line.split()
    body = b"a" * int(size)
    data = iter([body[i : i + 65536] for i in range(0, len(body), 65536)]) if chunked == "true" else body
    request = urllib.request.Request(url, data=data, method=method)
    request.add_header("Authorization", "Bearer " + key)
    if chunked == "true":
        request.add_header("Transfer-Encoding", "chunked")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            print(answer.status, len(answer.read()), flush=True)
    except urllib.error.HTTPError as error:
        print(error.code, len(error.read()), flush=True)
    except Exception as error:
        print("FAILED", repr(error).replace("\n", " "), flush=True)

"""A camera that speaks ONVIF: answers a probe over UDP and questions over HTTP, with a password."""

import base64
import hashlib
import re
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD = "yu", "s/3cr@t"
NS = 'xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:t="urn:t"'
MATCH = (
    "<t:ProbeMatches><t:ProbeMatch><t:EndpointReference><t:Address>urn:uuid:1</t:Address>"
    "</t:EndpointReference><t:Scopes>onvif://www.onvif.org/name/东门%20球机 "
    "onvif://www.onvif.org/hardware/D1 onvif://www.onvif.org/location/nanjing</t:Scopes>"
    "<t:XAddrs>{address}</t:XAddrs></t:ProbeMatch></t:ProbeMatches>"
)
PROFILES = (
    '<t:Profiles token="main&amp;1"><t:Name>主码流</t:Name><t:VideoEncoderConfiguration>'
    "<t:Encoding>H264</t:Encoding><t:Resolution><t:Width>1920</t:Width><t:Height>1080</t:Height>"
    "</t:Resolution></t:VideoEncoderConfiguration><t:PTZConfiguration/></t:Profiles>"
    '<t:Profiles token="sub"><t:Name>子码流</t:Name></t:Profiles>'
)
FAULT = "<e:Fault><e:Reason><e:Text>Sender not Authorized</e:Text></e:Reason></e:Fault>"


def envelope(body):
    return f"<e:Envelope {NS}><e:Body>{body}</e:Body></e:Envelope>".encode()


def proven(asked):
    said = {name: found[1] for name in ("Username", "Password", "Nonce", "Created")
            if (found := re.search(rf":{name}(?: [^>]*)?>([^<]*)<", asked))}  # fmt: skip
    if len(said) < 4 or said["Username"] != USER:
        return False
    mixed = base64.b64decode(said["Nonce"]) + said["Created"].encode() + PASSWORD.encode()
    return (
        base64.b64encode(hashlib.sha1(mixed, usedforsecurity=False).digest()).decode()
        == said["Password"]
    )


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(asked)
        data = envelope(self._answer(asked))
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _answer(self, asked):
        if not proven(asked):
            return FAULT
        if "GetCapabilities" in asked:
            port = self.server.server_port
            return f"<t:Media><t:XAddr>http://10.99.99.99:{port}/media</t:XAddr></t:Media>"
        if "GetProfiles" in asked:
            return PROFILES
        name = "main" if "main&amp;1" in asked else "sub"
        return f"<t:Uri>rtsp://10.99.99.99:554/{name}</t:Uri>"

    def log_message(self, *_words):
        return


@contextmanager
def device():
    """Give a device: where its probe is answered, where its questions are, what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    address = f"http://127.0.0.1:{server.server_port}/onvif/device_service"
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))

    def answers():
        while True:
            data, sender = line.recvfrom(65_535)
            if b"Probe" not in data:
                return
            for words in (b"nonsense", envelope(MATCH.format(address=address))) * 2:
                line.sendto(words, sender)

    threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=answers)]
    for each in threads:
        each.start()
    try:
        yield line.getsockname(), address, server.asked
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"end", line.getsockname())
        server.shutdown()
        for each in threads:
            each.join(10)
        server.server_close()
        line.close()

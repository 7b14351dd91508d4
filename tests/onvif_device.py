"""A camera that speaks ONVIF: answers a probe over UDP and questions over HTTP, with a password.

Its clock may stand wrong; a proof that is old by that clock, or comes twice, is none.
"""

import base64
import hashlib
import re
import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
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
GOOD_S = 5
FAULT = "<e:Fault><e:Reason><e:Text>Sender not Authorized</e:Text></e:Reason></e:Fault>"


def envelope(body):
    return f"<e:Envelope {NS}><e:Body>{body}</e:Body></e:Envelope>".encode()


def part(asked, name):
    found = re.search(rf"[:<]{name}(?: [^>]*)?>([^<]*)<", asked)
    return found[1] if found else ""


class Camera(ThreadingHTTPServer):
    """What it was asked, how its clock stands, which way it moves, which places it knows.

    ``dumb``: to how many more questions of a kind it gives no answer at all.
    """

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.ahead_s, self.fixed, self.says = [], 0, False, {}
        self.dumb = {}
        self.motion, self.at, self.until = None, 0, ""
        self.places = {"7": ("", 70)}
        self._proofs = set()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/onvif/device_service"

    def now(self):
        return time.time() + self.ahead_s

    def proven(self, asked):
        said = {name: part(asked, name) for name in ("Username", "Password", "Nonce", "Created")}
        if said["Username"] != USER or said["Nonce"] in self._proofs:
            return False
        self._proofs.add(said["Nonce"])
        made = datetime.strptime(said["Created"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        if abs(made.timestamp() - self.now()) > GOOD_S:
            return False
        mixed = base64.b64decode(said["Nonce"]) + said["Created"].encode() + PASSWORD.encode()
        digest = hashlib.sha1(mixed, usedforsecurity=False).digest()
        return base64.b64encode(digest).decode() == said["Password"]

    def clock(self):
        at = datetime.fromtimestamp(self.now(), UTC)
        return (
            "<t:UTCDateTime>"
            f"<t:Time><t:Hour>{at.hour}</t:Hour><t:Minute>{at.minute}</t:Minute>"
            f"<t:Second>{at.second}</t:Second></t:Time><t:Date><t:Year>{at.year}</t:Year>"
            f"<t:Month>{at.month}</t:Month><t:Day>{at.day}</t:Day></t:Date></t:UTCDateTime>"
        )

    def services(self):
        head = f"http://10.99.99.99:{self.server_port}"
        ptz = "" if self.fixed else f"<t:PTZ><t:XAddr>{head}/ptz</t:XAddr></t:PTZ>"
        return f"<t:Media><t:XAddr>{head}/media</t:XAddr></t:Media>{ptz}"

    def turn(self, does, asked):
        token = part(asked, "PresetToken")
        if does == "ContinuousMove":
            self.motion = tuple(
                float(each) for each in re.findall(r' (?:x|y)="(-?[0-9.]+)"', asked)
            )
            self.until = part(asked, "Timeout")
        elif does == "Stop":
            self.motion = None
        elif does == "SetPreset":
            token = token or f"made-{len(self.places)}"
            self.places[token] = (part(asked, "PresetName"), self.at)
            return f"<t:PresetToken>{token}</t:PresetToken>"
        elif token not in self.places:
            return FAULT
        elif does == "GotoPreset":
            self.at = self.places[token][1]
        else:
            del self.places[token]
        return f"<t:{does}Response/>"

    def presets(self):
        return "".join(
            f'<t:Preset token="{token}"><t:Name>{name}</t:Name></t:Preset>'
            for token, (name, _at) in self.places.items()
        )

    def told(self):
        """Give what it was asked for, in order, without the questions of its clock."""
        found = [re.search(r"Body><(\w+)", asked)[1] for asked in self.asked]
        return [each for each in found if each != "GetSystemDateAndTime"]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(asked)
        does = re.search(r"Body><(\w+)", asked)[1]
        if self.server.dumb.get(does, 0):
            self.server.dumb[does] -= 1
            return
        data = self.server.says.get(does) or envelope(self._answer(does, asked))
        self.send_response(500 if b"Fault" in data else 200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _answer(self, does, asked):
        camera = self.server
        if does == "GetSystemDateAndTime":
            return camera.clock()
        if not camera.proven(asked):
            return FAULT
        if does == "GetCapabilities":
            return camera.services()
        if does == "GetProfiles":
            return PROFILES
        if does == "GetPresets":
            return camera.presets()
        if does == "GetStreamUri":
            name = "main" if "main&amp;1" in asked else "sub"
            return f"<t:Uri>rtsp://10.99.99.99:554/{name}</t:Uri>"
        return camera.turn(does, asked)

    def log_message(self, *_words):
        return


@contextmanager
def camera():
    """Give a camera that answers over HTTP."""
    made = Camera()
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join(10)
        made.server_close()


@contextmanager
def device():
    """Give a device: where its probe is answered, where its questions are, what it was asked."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))
    with camera() as made:

        def answers():
            while True:
                data, sender = line.recvfrom(65_535)
                if b"Probe" not in data:
                    return
                for words in (b"nonsense", envelope(MATCH.format(address=made.address))) * 2:
                    line.sendto(words, sender)

        thread = threading.Thread(target=answers)
        thread.start()
        try:
            yield line.getsockname(), made.address, made.asked
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"end", line.getsockname())
            thread.join(10)
            line.close()

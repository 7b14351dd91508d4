"""The header of a packet of RTP (RFC 3550 5.1), wherever it came from."""


def payload(data: bytes, begin: int, end: int) -> tuple[int, int, bool, int, int]:
    """Give where a packet's payload begins and ends, whether it is marked, its number, its time.

    ``begin``, ``end``: where the packet stands in ``data``. What is no RTP has an empty payload.
    """
    if end - begin < 12 or data[begin] >> 6 != 2:
        return end, end, False, 0, 0
    first = data[begin]
    marked = bool(data[begin + 1] & 0x80)
    number = data[begin + 2] << 8 | data[begin + 3]
    stamp = int.from_bytes(data[begin + 4 : begin + 8], "big")
    body = begin + 12
    if first & 0x3F:  # contributors, an extension, padding: seldom
        body += 4 * (first & 0x0F)
        if first & 0x10:
            body += 4 + 4 * int.from_bytes(data[body + 2 : body + 4], "big")
        if first & 0x20:
            end -= data[end - 1]
    return body, end, marked, number, stamp

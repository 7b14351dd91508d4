"""GB/T 28181-2016: SIP, digest, control messages, catalogues, and pictures in PS over RTP.

All of it is plain values and bytes; who listens and who calls is in ``console.central.gb28181``.
"""

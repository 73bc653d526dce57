"""Text files that people wrote with whatever editor they have: bytes to str."""

import codecs


def decode(content: bytes) -> str:
    """UTF-16 with a mark (Notepad's "Unicode"), UTF-8 with or without one, else GB 18030. Never raises."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")

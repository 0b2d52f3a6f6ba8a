"""Which letters a certificate can print: those that the fonts carried by Typst have, upright and semibold. Pure.

No other font is used, so that a certificate looks the same on every machine. The list is what Typst itself says of its
fonts, without signs that cannot be seen and shapes that are only another way to write a letter; a test asks it again.
"""

#: Code points in hexadecimal, single ones and spans: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Lao, Georgian,
#: Cherokee and Coptic letters, with the marks that stand on them.
_LETTERS = """
    41-5A 61-7A AA B5 BA C0-D6 D8-F6 F8-2AF 2B9-2C1 2C6-2D1 2EC 2EE 300-33F 342 345-34E 350-373 376-377 37B-37D 37F
    386 388-38A 38C 38E-3A1 3A3-3CF 3D7-3EF 3F3 3F7-3F8 3FA-481 483-487 48A-4FF 510-513 51A-51D 531-556 559 560-586
    588 591-5BD 5BF 5C1-5C2 5C4-5C5 5C7 5D0-5EA 5EF-5F2 615 621-63A 640-655 65A 674 679-67B 67E-680 683-684 686-687
    691 698 6A4 6A9 6AF 6BE 6CC E81-E82 E84 E87-E88 E8A E8D E94-E97 E99-E9F EA1-EA3 EA5 EA7 EAA-EAB EAD-EB2 EB4-EB9
    EBB-EBC EC8-ECD 10D0-10FA 10FD-10FF 13A0-13F5 13F8-13FD 1D00-1D2B 1D2F 1D3B 1D4E 1D6B-1D77 1D79-1D9A 1DC0-1E99
    1E9C-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F70 1F72 1F74 1F76 1F78 1F7A 1F7C
    1F80-1FB4 1FB6-1FBA 1FBC 1FC2-1FC4 1FC6-1FC8 1FCA 1FCC 1FD0-1FD2 1FD6-1FDA 1FE0-1FE2 1FE4-1FEA 1FEC 1FF2-1FF4
    1FF6-1FF8 1FFA 1FFC 2C60-2C71 2C74-2C77 2C79-2C7A 2C7E-2CE4 2CEB-2CF3 A640-A641 A648-A649 A656-A657 A71B-A71F
    A722-A727 A72D A730 A735 A78B-A78E A790-A791 A7AA AB66 AB70-ABBF
"""
#: Signs besides letters that stand in the names of schools and offers.
_SIGNS = " !\"#%&'()*+,-./0123456789:;=?@[]_£§©®°·«»¡¿‐‑‒–—‘’‚“”„†•…€™"


def _spans(text: str) -> frozenset[str]:
    ends = [(one.partition("-")[0], one.rpartition("-")[2]) for one in text.split()]
    return frozenset(chr(code) for first, last in ends for code in range(int(first, 16), int(last, 16) + 1))


LETTERS = _spans(_LETTERS)
PRINTABLE = LETTERS | frozenset(_SIGNS)


def unprintable(text: str) -> str:
    """The first sign in it that no certificate can print; nothing where it can print them all."""
    return next((one for one in text if one not in PRINTABLE), "")

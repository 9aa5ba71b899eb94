#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-pillow.py version | FILE...

Features by Pillow as its user would write it: open, convert, average down to
24 x 24. Not with draft(), which decodes a JPEG at a smaller scale. For each line on
stdin does it for all files and prints the seconds.
"""

import sys
import time

import PIL
from PIL import Image


def main():
    if sys.argv[1] == "version":
        print("Pillow", PIL.__version__)
        return

    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for path in sys.argv[1:]:
            with Image.open(path) as image:
                image.convert("RGB").resize((24, 24), Image.BOX)
        print(f"{time.perf_counter() - start:.6f}", flush=True)


main()

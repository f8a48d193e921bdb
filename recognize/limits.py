"""How much is read at most, so that no file takes more than bounded time and memory."""

MAX_BYTES = 100 * 2**20
MAX_PAGES = 3_000
MAX_CHARACTERS = 1_000_000
MAX_LINES = 60_000
MAX_PARTS = 5_000
MAX_UNPACKED = 400 * 2**20
MAX_XML = 40 * 2**20
MAX_DEPTH = 200
MAX_RATIO = 150
RATIO_MATTERS_FROM = 10 * 2**20
MAX_PIXELS = 80_000_000
MAX_SIDE = 30_000

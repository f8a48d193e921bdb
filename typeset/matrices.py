"""Matrices of plane geometry, as six numbers a b c d e f: x' = ax + cy + e, y' = bx + dy + f."""

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def then(one: Matrix, two: Matrix) -> Matrix:
    """Return the matrix that applies `one`, then `two`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(x: float, y: float) -> Matrix:
    """Return the matrix that moves by x and y."""
    return (1.0, 0.0, 0.0, 1.0, x, y)


def point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def inverse(matrix: Matrix) -> Matrix:
    """Return the matrix that leads back; a flat one leads nowhere and changes nothing."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if not area:
        return SAME
    return d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area


def growth(matrix: Matrix) -> float:
    """Return how many times longer lengths become, on average of all directions."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def six(given: list[float]) -> Matrix:
    """Return six numbers as a matrix; anything else changes nothing."""
    return (given[0], given[1], given[2], given[3], given[4], given[5]) if len(given) == 6 else SAME

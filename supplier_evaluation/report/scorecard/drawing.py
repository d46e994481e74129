"""Bars as drawings: a printer runs no chart library reliably."""

from ..base.qr import svg_address

WIDTH, HEIGHT = 400, 16
# Odoo's colours, by their numbers, as grades have them.
COLOURS = (
    "#6C757D",
    "#C62828",
    "#B85C00",
    "#8A6D00",
    "#2F6DB5",
    "#7E4573",
    "#A8543A",
    "#1F7A72",
    "#304BE0",
    "#B81C6B",
    "#2E7D32",
    "#6A42B5",
)
NO_GRADE = COLOURS[0]


def colour_of(grade):
    """Return the colour of a grade, dark enough to be read on white."""
    return COLOURS[grade.color % len(COLOURS)] if grade else NO_GRADE


def score_bar(score, low, high, peers, previous, colour):
    """Return a bar from 0 to 100 as the address of an image.

    :param score: how long it is; ``None`` draws an empty one
    :param low: where the interval begins, or ``None``
    :param high: where it ends
    :param peers: where the line of the others is, or ``None``
    :param previous: where the dashed line of the period before is, or ``None``
    :param str colour: of the bar
    """
    parts = [_box(0, WIDTH, 2, 12, "#E9ECEF")]
    if score is not None:
        parts.append(_box(0, score * WIDTH / 100, 2, 12, colour))
    if low is not None and high is not None:
        left, right = low * WIDTH / 100, high * WIDTH / 100
        parts.append(_box(left, max(right - left, 1), 7, 2, "#212529"))
    if previous is not None:
        parts.append(_line(previous, "#495057", ' stroke-dasharray="3,2"'))
    if peers is not None:
        parts.append(_line(peers, "#000000", ""))
    return svg_address(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f"{''.join(parts)}</svg>"
    )


def _box(x, width, y, height, colour):
    return (
        f'<rect x="{x:.2f}" y="{y}" width="{width:.2f}" height="{height}"'
        f' fill="{colour}"/>'
    )


def _line(score, colour, style):
    x = min(max(score * WIDTH / 100, 1), WIDTH - 1)
    return (
        f'<line x1="{x:.2f}" y1="0" x2="{x:.2f}" y2="{HEIGHT}" stroke="{colour}"'
        f' stroke-width="2"{style}/>'
    )

"""Are probabilities kept? A reliability plot, drawn by hand as SVG."""

from pathlib import Path

SIDE, LEFT, TOP = 360, 60, 30
FONT = 'font-family="sans-serif" font-size="13" fill="#222"'


def reliability(bins: list[tuple[float, float, int]], title: str, path: Path) -> None:
    """Write a reliability plot.

    Parameters
    ----------
    bins : list of (float, float, int)
        For each bin the mean probability, the share that is true, and the number of pairs.
    title : str
        What stands above it.
    path : Path
        The SVG to write.
    """
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE + 130} {SIDE + 90}" role="img">',
        f"<title>{title}</title>",
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{LEFT}" y="20" {FONT}>{title}</text>',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>',
        f'<path d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}" stroke="#888" stroke-dasharray="5 4"/>',
    ]
    for step in range(0, 11, 2):
        at = step / 10
        lines.append(f'<text x="{_x(at):.0f}" y="{TOP + SIDE + 18}" text-anchor="middle" {FONT}>{at:.1f}</text>')
        lines.append(f'<text x="{LEFT - 8}" y="{_y(at) + 4:.0f}" text-anchor="end" {FONT}>{at:.1f}</text>')
    points = " ".join(f"{_x(said):.1f},{_y(true):.1f}" for said, true, _ in bins)
    lines.append(f'<polyline points="{points}" fill="none" stroke="#1d70b8" stroke-width="2"/>')
    for said, true, number in bins:
        lines.append(f'<circle cx="{_x(said):.1f}" cy="{_y(true):.1f}" r="4" fill="#1d70b8"/>')
        lines.append(f'<text x="{_x(said) + 8:.1f}" y="{_y(true) + 14:.1f}" {FONT}>{number:,}</text>')
    middle = LEFT + SIDE / 2
    lines.append(f'<text x="{middle}" y="{TOP + SIDE + 42}" text-anchor="middle" {FONT}>probability given</text>')
    turned = f'transform="rotate(-90 16 {TOP + SIDE / 2})"'
    lines.append(f'<text x="16" y="{TOP + SIDE / 2}" text-anchor="middle" {turned} {FONT}>share that is true</text>')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, "</svg>"]) + "\n", encoding="utf-8")


def _x(value: float) -> float:
    return LEFT + SIDE * value


def _y(value: float) -> float:
    return TOP + SIDE * (1 - value)

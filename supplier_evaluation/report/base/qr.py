"""QR codes that need no request and no bitmap library."""

from base64 import b64encode

from reportlab.graphics.barcode import createBarcodeDrawing

SIZE = 140


def qr_image(text):
    """Return the QR code of a text, an image in the address of its own.

    As SVG: for a bitmap, reportlab needs a library that not every server has.
    """
    drawing = createBarcodeDrawing(
        "QR", value=text, width=SIZE, height=SIZE, barBorder=0
    )
    return svg_address(drawing.asString("svg"))


def svg_address(svg):
    """Return a drawing as an address: old browsers show it as an image only."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"

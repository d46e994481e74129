"""Files that Odoo's Python runs in its own process; `./dev` never imports them."""
